// Opens the pictures of a story large, over the page, one beside the other: keys, buttons or a swipe
// lead from one to the next. Without script each picture is a link to its large file.

// On a phone a picture is as wide as the screen already: opened, it is fetched with more to zoom into.
const LEAST_WIDTH = 600;

/** Which of the pictures, each as wide as the strip, a strip scrolled so far shows. */
export function shownAt(scrolled, width, count) {
  return Math.min(count - 1, Math.max(0, Math.round(scrolled / width)));
}

/** The `sizes` of a picture fitted into a window, in CSS pixels. */
export function sizesIn(picture, pageWindow) {
  const fitted = Math.min(
    pageWindow.innerWidth,
    (pageWindow.innerHeight * picture.width) / picture.height,
  );
  return `${Math.ceil(Math.max(fitted, LEAST_WIDTH))}px`;
}

/** A link's picture to show elsewhere, at once; without `sizes` it is the file that has come already. */
function copyOf(link, sizes) {
  const picture = link.querySelector("picture").cloneNode(true);
  const image = picture.querySelector("img");
  image.removeAttribute("loading");
  image.removeAttribute("fetchpriority");
  for (const part of picture.children) if (sizes) part.sizes = sizes;
  return picture;
}

/** The words under a picture: its figure's, with its own credit where that is another. */
function wordsOf(link) {
  const words = link.closest("figure").querySelector("figcaption")?.cloneNode(true);
  const credit = words?.querySelector(".credit");
  if (credit && link.dataset.credit !== undefined) credit.textContent = link.dataset.credit;
  return words ? [...words.childNodes] : [];
}

function mount(dialog, links) {
  const strip = dialog.querySelector(".large-strip");
  const [back, on] = dialog.querySelectorAll("[data-step]");
  const slides = links.map(() => document.createElement("div"));
  const enlarged = new Set();
  let current = 0;
  let origin;

  function fill(index) {
    if (slides[index]?.childElementCount === 0) slides[index].append(copyOf(links[index]));
  }

  /** Fetches the large file; until it is there, and if it never comes, the smaller one shows. */
  async function enlarge(index) {
    if (enlarged.has(index)) return;
    enlarged.add(index);
    const picture = copyOf(links[index], sizesIn(links[index].querySelector("img"), window));
    try {
      await picture.querySelector("img").decode();
      slides[index].replaceChildren(picture);
    } catch {
      enlarged.delete(index);
    }
  }

  function show(index) {
    current = index;
    for (const near of [index, index + 1, index - 1]) fill(near);
    enlarge(index);
    for (const [position, slide] of slides.entries()) slide.inert = position !== index;
    back.ariaDisabled = String(index === 0);
    on.ariaDisabled = String(index === links.length - 1);
    const count = `${index + 1} / ${links.length}`;
    dialog.querySelector(".large-count").textContent = count;
    dialog.querySelector("[role=status]").textContent = `${count}. ${
      links[index].querySelector("img").alt
    }`;
    dialog.querySelector(".large-words").replaceChildren(...wordsOf(links[index]));
  }

  function go(index) {
    show(Math.min(links.length - 1, Math.max(0, index)));
    strip.scrollTo({ left: current * strip.clientWidth, behavior: "instant" });
  }

  for (const slide of slides) slide.className = "large-slide";
  strip.replaceChildren(...slides);
  strip.addEventListener("scroll", () => {
    const index = shownAt(strip.scrollLeft, strip.clientWidth, links.length);
    if (dialog.open && index !== current) show(index);
  });
  window.addEventListener("resize", () => dialog.open && go(current));

  for (const [index, link] of links.entries()) {
    link.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      origin = link;
      dialog.showModal();
      document.documentElement.classList.add("large-open");
      go(index);
    });
  }

  const keys = {
    ArrowLeft: () => go(current - 1),
    ArrowRight: () => go(current + 1),
    Home: () => go(0),
    End: () => go(links.length - 1),
  };
  dialog.addEventListener("keydown", (event) => {
    if (!keys[event.key] || event.metaKey || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    keys[event.key]();
  });
  dialog.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.dataset.step) go(current + Number(button.dataset.step));
    else if (button || event.target === strip || slides.includes(event.target)) dialog.close();
  });
  dialog.addEventListener("close", () => {
    document.documentElement.classList.remove("large-open");
    origin.focus({ preventScroll: true });
  });
}

const dialog = document.querySelector("dialog.large-view");
const links = [...document.querySelectorAll(".story-body a.opens")];
if (dialog?.showModal && links.length > 0) mount(dialog, links);
