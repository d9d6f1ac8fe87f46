"""The flow of the filter's own tags and categories: renamed, merged and removed, after a question."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QInputDialog, QLabel, QMessageBox

from bgm_finder.catalogue.tag_csv import category_of_header, is_taken_header, split_tags
from bgm_finder.controllers.edits import Edits
from bgm_finder.controllers.library import Library
from bgm_finder.gui.category_names import category_name
from bgm_finder.gui.facet_menu import TagRequest
from bgm_finder.gui.main_window import MainWindow
from bgm_finder.track import CATEGORIES, TAG_CATEGORIES, Tag


class TagNames(QObject):
    """The flow from the menus of the filter's rows to Edits."""

    def __init__(self, window: MainWindow, library: Library, edits: Edits) -> None:
        super().__init__(window)
        self._window, self._library, self._edits = window, library, edits
        window.filter_panel.tag_requested.connect(self._on_requested)

    def _on_requested(self, request: TagRequest) -> None:
        if self._library.columns is None:
            return
        tag = request.tag
        if request.kind == "rename":
            self._rename(tag)
        elif request.kind == "merge":
            self._merge(tag)
        else:
            self._remove(tag)

    def _rename(self, tag: Tag) -> None:
        old = _shown(tag)
        dialog = QInputDialog(self._window)
        dialog.setWindowTitle(self.tr("Rename"))
        dialog.setLabelText(self.tr("New name of “{name}”:").replace("{name}", old))
        dialog.setTextValue(old)
        typed = " ".join(self._answer(dialog).split())
        if not typed or typed == old:
            return
        target = self._target(tag, typed)
        if isinstance(target, str):
            self._window.status.warn(target)
        elif target == tag:  # a category's own name, of which the window shows the translation
            return
        elif target in self._others(tag):
            self._confirm_merge(tag, target)
        else:
            self._do_rename(tag, target)

    def _target(self, tag: Tag, typed: str) -> Tag | str:
        """Return what a typed name means, or why it cannot be."""
        if tag.name:
            if split_tags(tag.category, typed) == (Tag(tag.category, typed),):
                return Tag(tag.category, typed)
            return self.tr("A tag name cannot contain , 、 ; / or |, which separate tags in lists.")
        if is_taken_header(typed):
            return self.tr("“{name}” is already used for another column of tag lists.").replace("{name}", typed)
        known = {category_name(other.category).casefold(): other for other in self._others(tag)}
        return known.get(typed.casefold()) or Tag(category_of_header(typed), "")

    def _merge(self, tag: Tag) -> None:
        others = self._others(tag)
        if not others:
            self._window.status.say(self.tr("There is nothing to merge it with."))
            return
        texts = {f"{_shown(other)} ({self._tracks(other)})": other for other in others}
        dialog = QInputDialog(self._window)
        dialog.setWindowTitle(self.tr("Merge"))
        dialog.setOption(QInputDialog.InputDialogOption.UseListViewForComboBoxItems)
        dialog.setLabelText(self.tr("Merge “{name}” with:").replace("{name}", _shown(tag)))
        dialog.setComboBoxItems(list(texts))
        dialog.setOkButtonText(self.tr("Merge"))
        chosen = texts.get(self._answer(dialog))
        if chosen is not None:
            self._do_rename(tag, chosen)

    def _confirm_merge(self, tag: Tag, target: Tag) -> None:
        text = self.tr("Merge “{old}” with “{name}” ({tracks})?").replace("{tracks}", self._tracks(target))
        text = text.replace("{old}", _shown(tag)).replace("{name}", _shown(target))
        more = self.tr("“{old}” in files and lists read later is shown as “{name}” too. Press {key} to undo.")
        more = self._filled(more, tag, target)
        if self._is_sure(text, more, self.tr("Merge")):
            self._do_rename(tag, target)

    def _remove(self, tag: Tag) -> None:
        text = self.tr("Remove “{name}” from {tracks}?")
        if not tag.name:
            text = self.tr("Remove the category “{name}” with all of its tags from {tracks}?")
        text = text.replace("{tracks}", self._tracks(tag)).replace("{name}", _shown(tag))
        more = self.tr(
            "Reading the same files and lists again does not bring it back. The files are not changed. Press "
            "{key} to undo."
        )
        if self._is_sure(text, self._filled(more, tag), self.tr("Remove")):
            self._edits.remove_tag(tag)
            self._say(self.tr("“{old}” was removed. Press {key} to undo."), tag)

    def _do_rename(self, tag: Tag, target: Tag) -> None:
        if tag.name:
            self._edits.rename_tag(tag, target.name)
        else:
            self._edits.rename_category(tag.category, target.category)
        self._say(self.tr("“{old}” is now “{name}”. Press {key} to undo."), tag, target)

    def _say(self, text: str, tag: Tag, target: Tag | None = None) -> None:
        self._window.status.say(self._filled(text, tag, target))

    def _filled(self, text: str, tag: Tag, target: Tag | None = None) -> str:
        name = "" if target is None else _shown(target)
        text = text.replace("{key}", self._window.commands.key_text("undo"))
        return text.replace("{old}", _shown(tag)).replace("{name}", name)

    def _others(self, tag: Tag) -> list[Tag]:
        """Return what a tag or a category can be merged with, in the filter's order."""
        assert self._library.columns is not None
        tags = self._library.columns.tags
        if not tag.name:
            found = [*TAG_CATEGORIES] + [c for c in tags if c not in CATEGORIES]
            return [Tag(category, "") for category in found if category != tag.category]
        names = tags[tag.category].names if tag.category in tags else ()
        return [Tag(tag.category, n) for n in sorted(names, key=lambda n: (n.casefold(), n)) if n != tag.name]

    def _tracks(self, tag: Tag) -> str:
        """Return how many tracks of the library have a tag or any of a category, in words."""
        assert self._library.columns is not None
        return self.tr("%Ln track(s)", "", self._library.columns.count_tagged(tag))

    def _is_sure(self, text: str, more: str, yes: str) -> bool:
        box = QMessageBox(QMessageBox.Icon.Question, yes, text, parent=self._window)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setInformativeText(more)
        accept = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(accept)
        box.exec()
        is_sure = box.clickedButton() is accept
        box.deleteLater()
        return is_sure

    @staticmethod
    def _answer(dialog: QInputDialog) -> str:
        """Return what the user typed or chose; nothing where the dialog was cancelled."""
        for label in dialog.findChildren(QLabel):
            label.setTextFormat(Qt.TextFormat.PlainText)
        text = dialog.textValue() if dialog.exec() == QInputDialog.DialogCode.Accepted else ""
        dialog.deleteLater()
        return text


def _shown(tag: Tag) -> str:
    return tag.name or category_name(tag.category)
