"""The pages in a real Chromium: views, offline, camera, sizes. Nothing here reaches another host."""
