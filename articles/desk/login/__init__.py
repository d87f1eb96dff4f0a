"""How people get into the desk: the form, and what slows guessing down."""
