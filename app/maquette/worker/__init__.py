"""The torch side: the process that holds the pipeline resident on the device. Never Qt."""
