"""The command line: the same engine and the same save path as the window, without a display."""
