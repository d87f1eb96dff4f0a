"""The desk of pictures: the library, one picture, many at once, and the stories that show them."""
