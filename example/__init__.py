"""The example newspaper: its facts, its stories, and the pictures drawn for them."""
