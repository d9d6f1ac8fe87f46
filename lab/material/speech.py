"""Synthetic speech to mix over the training music: espeak-ng in many languages, none of which the benchmark speaks."""

import subprocess
from pathlib import Path

# ruff: noqa: E501 - sentences
SPOKEN = {
    "en-us": "Welcome back to the channel. In this episode we look at three simple ideas that will change how you plan a trip.",
    "en-gb+f3": "The factory opened its doors this spring, and two hundred people found work in the valley within a month.",
    "de": "Unser Unternehmen steht seit vierzig Jahren für Qualität, und heute zeigen wir, wie ein Werkzeug entsteht.",
    "fr+f2": "Bonjour et bienvenue. Nous allons visiter un petit village au bord de la mer et rencontrer ses habitants.",
    "es": "La nueva aplicación le permite pedir una cita en segundos, sin llamadas y sin esperar en la cola del centro.",
    "nl+m3": "Deze week koken we een soep van het seizoen, met groenten die je overal op de markt kunt vinden.",
    "ru": "Сегодня мы расскажем о новой выставке, которая открылась в городском музее на прошлой неделе.",
    "tr+f4": "Bu videoda evde kolayca yapabileceğiniz beş egzersizi adım adım birlikte deneyeceğiz.",
    "el": "Καλησπέρα σας, απόψε ταξιδεύουμε σε ένα νησί με μικρά λιμάνια και πολλούς φίλους.",
    "fi+f2": "Tervetuloa katsomaan, kuinka uusi silta rakennettiin joen yli kahdessa vuodessa.",
    "hi": "नमस्ते दोस्तों, आज हम एक नई जगह की सैर करेंगे और वहाँ का खाना चखेंगे।",
    "hu+m2": "A mai adásban bemutatjuk, hogyan készül a kenyér egy kis családi pékségben.",
    "cs+f3": "Dnes vám ukážeme, jak se staví dřevěný dům a kolik práce za tím vlastně je.",
    "id": "Selamat datang di acara kami, hari ini kita akan belajar membuat kerajinan dari bambu.",
}
PACES = (135, 165, 195)
"""Words a minute."""


def speak(folder: Path) -> list[Path]:
    """Write every text at every pace as WAV, where it is not there yet, and return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for voice, text in SPOKEN.items():
        for pace in PACES:
            target = folder / f"{voice}_{pace}.wav"
            if not target.exists():
                subprocess.run(["espeak-ng", "-v", voice, "-s", str(pace), "-w", str(target), text * 2], check=True)
            written.append(target)
    return written
