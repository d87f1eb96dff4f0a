// Where one was before a button led elsewhere: the caret or the focus, and what of the page was seen.

// Returns the function that leads back.
export function wayBack(editor) {
  const used = document.activeElement;
  const { anchorNode, anchorOffset, focusNode, focusOffset } = window.getSelection();
  const inText = editor.editable().$.contains(used) && !used.shadowRoot && anchorNode;
  const { scrollY } = window;
  return () => {
    if (used === document.body) editor.focus();
    else used?.focus({ preventScroll: true });
    if (inText && anchorNode.isConnected && focusNode.isConnected) {
      window.getSelection().setBaseAndExtent(anchorNode, anchorOffset, focusNode, focusOffset);
    }
    window.scrollTo({ top: scrollY, behavior: "instant" });
  };
}
