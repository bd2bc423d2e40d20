"""A written world of speech for pages: the voices that a phone has, and what they said."""

import json
from typing import Final

HERE: Final[dict[str, str | bool]] = {"lang": "es-CO", "localService": True}
AWAY: Final[dict[str, str | bool]] = {"lang": "es-CO", "localService": False}
"""A voice that sends the words to a server to be spoken."""


def speech(*voices: dict[str, str | bool]) -> str:
    """To be planted before the page's own scripts: `__said` holds languages and words, and "" for each silence."""
    return f"""(() => {{
  window.__said = [];
  window.SpeechSynthesisUtterance = class {{ constructor(text) {{ this.text = text; }} }};
  const speech = Object.assign(new EventTarget(), {{
    getVoices: () => {json.dumps(voices)},
    speak: (words) => window.__said.push([words.lang, words.text]),
    cancel: () => window.__said.push(""),
  }});
  Object.defineProperty(window, "speechSynthesis", {{ value: speech, configurable: true }});
}})();"""
