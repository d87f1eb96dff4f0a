"""Stories: the rules, the text, the models, what publishes them, the site and the desk."""
