"""A copy of the catalogue is made while nobody waits for it."""

import pytest

from bgm_finder.catalogue.safekeeping.backups import backups_of
from bgm_finder.controllers.backup_scheduler import BackupScheduler
from bgm_finder.controllers.scanning import Scanning


@pytest.fixture
def looked_after(qtbot, catalogue):
    scanning = Scanning(catalogue, "article", lambda: pytest.fail("no worker is needed"))
    keeper = BackupScheduler(catalogue, scanning, quiet_ms=10)
    yield keeper
    keeper.close()
    scanning.close()


def test_copy_is_made_a_while_after_the_start(qtbot, looked_after, catalogue):
    looked_after.soon()
    qtbot.waitUntil(lambda: len(backups_of(catalogue)) == 1)


def test_damage_is_told(qtbot, looked_after, catalogue):
    catalogue.write_bytes(b"damaged")
    with qtbot.waitSignal(looked_after.failed) as told:
        looked_after.soon()
    assert "damaged" in str(told.args[0])
