// The chosen file beside the picture that it will replace.

export function replacing(root) {
  const input = root.querySelector("input[type=file]");
  const figure = root.querySelector("[data-replace-new]");
  const picture = figure.querySelector("img");
  input.addEventListener("change", () => {
    URL.revokeObjectURL(picture.src);
    figure.hidden = !input.files.length;
    if (input.files.length) picture.src = URL.createObjectURL(input.files[0]);
  });
  // What the browser cannot show (TIFF, HEIC) the server may still take, or say why not.
  picture.addEventListener("error", () => {
    figure.hidden = true;
  });
}
