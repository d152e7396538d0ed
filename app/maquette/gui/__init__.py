"""The window: widgets that render state and send intents."""
