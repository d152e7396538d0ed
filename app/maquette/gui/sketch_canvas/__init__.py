"""The canvas that one draws on: tools, brushes, tablet, view, guides, selection."""
