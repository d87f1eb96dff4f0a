// Puts a video's player in the place of its still when a reader asks for it: until then nothing is
// fetched from its host. Without script, or where the paper no longer allows the host, the still is
// a link to the page on which the video can be watched.
const allowed = document.currentScript.dataset.hosts.split(" ");

function player({ player: address, title }) {
  const frame = document.createElement("iframe");
  frame.title = title;
  frame.allow = "autoplay; encrypted-media; picture-in-picture";
  frame.allowFullscreen = true;
  // YouTube plays only for pages that say where they are.
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  frame.sandbox =
    "allow-scripts allow-same-origin allow-presentation allow-popups allow-popups-to-escape-sandbox";
  frame.src = address;
  return frame;
}

for (const link of document.querySelectorAll("a[data-player]")) {
  if (!allowed.includes(new URL(link.dataset.player).host)) continue;
  link.addEventListener("click", (event) => {
    // The usual keys for another tab or window lead to the video's page.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const frame = player(link.dataset);
    // The link stays for print.
    link.before(frame);
    frame.focus();
  });
}
