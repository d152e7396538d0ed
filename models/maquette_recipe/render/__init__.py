"""The procedural renderer: signed distance fields, deferred shading, line drawings."""
