// A cell holds lines, no lists and no tables: saving would make lines of them.
const COMMANDS = ["bulletedlist", "numberedlist", "table"];
const CELLS = { td: 1, th: 1 };

export function keepingCellsPlain({ editor }) {
  editor.on("instanceReady", () => {
    for (const name of COMMANDS) {
      const command = editor.getCommand(name);
      command?.on("refresh", (event) => {
        if (!event.data.path.contains(CELLS)) return;
        command.setState(CKEDITOR.TRISTATE_DISABLED);
        event.cancel();
      });
    }
  });
}
