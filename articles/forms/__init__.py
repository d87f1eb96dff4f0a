"""The desk's forms: what people type, checked, with a sentence at its field."""
