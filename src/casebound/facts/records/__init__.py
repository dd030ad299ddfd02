"""Records: the entries of the data files, read and validated."""
