"""The catalogue's tables, as numbered steps from nothing to now; a step that was released is never changed."""

MIGRATIONS = (
    """
    CREATE TABLE folders (
        id INTEGER PRIMARY KEY,
        path BLOB NOT NULL UNIQUE                -- as the file system has it: not always valid text
    );
    CREATE TABLE tracks (
        id INTEGER PRIMARY KEY AUTOINCREMENT,    -- never given twice, so that an old undo cannot hit a new track
        folder_id INTEGER NOT NULL REFERENCES folders (id) ON DELETE CASCADE,
        name BLOB NOT NULL,                      -- below the folder, with slashes
        size INTEGER NOT NULL,
        mtime_ns INTEGER NOT NULL,
        content_hash BLOB,                       -- of size, first, middle and last 64 KB
        full_hash BLOB,                          -- only where content_hash is not the only one of its kind
        format TEXT NOT NULL DEFAULT '',
        title TEXT NOT NULL DEFAULT '',          -- as the file says
        artist TEXT NOT NULL DEFAULT '',
        comment TEXT NOT NULL DEFAULT '',
        csv_title TEXT NOT NULL DEFAULT '',      -- as a tag list says, which goes first
        csv_comment TEXT NOT NULL DEFAULT '',
        folded TEXT NOT NULL DEFAULT '',         -- what the search looks into
        duration_s REAL,
        rate_hz INTEGER,
        channels INTEGER,
        file_bpm REAL,
        csv_bpm REAL,
        estimated_bpm REAL,
        loudness_lufs REAL,
        mark INTEGER NOT NULL DEFAULT 0,
        is_missing INTEGER NOT NULL DEFAULT 0,
        is_whole_read INTEGER NOT NULL DEFAULT 0, -- the second pass is done
        unreadable_because TEXT NOT NULL DEFAULT '',
        UNIQUE (folder_id, name)
    );
    CREATE INDEX tracks_by_content ON tracks (content_hash);
    CREATE TABLE tag_names (
        id INTEGER PRIMARY KEY,
        category TEXT NOT NULL,
        name TEXT NOT NULL,
        UNIQUE (category, name)
    );
    CREATE TABLE track_tags (
        name_id INTEGER NOT NULL REFERENCES tag_names (id),
        track_id INTEGER NOT NULL REFERENCES tracks (id) ON DELETE CASCADE,
        source TEXT NOT NULL CHECK (source IN ('file', 'csv', 'hand')),
        PRIMARY KEY (name_id, track_id, source)
    ) WITHOUT ROWID;
    CREATE INDEX tags_by_track ON track_tags (track_id);
    CREATE TABLE vectors (
        network TEXT NOT NULL,
        track_id INTEGER NOT NULL REFERENCES tracks (id) ON DELETE CASCADE,
        vector BLOB NOT NULL,                    -- half precision
        PRIMARY KEY (network, track_id)
    ) WITHOUT ROWID;
    CREATE INDEX vectors_by_track ON vectors (track_id);
    CREATE TABLE pictures (
        track_id INTEGER PRIMARY KEY REFERENCES tracks (id) ON DELETE CASCADE,
        preview BLOB NOT NULL,
        overview BLOB NOT NULL
    );
    CREATE TABLE state (
        key TEXT PRIMARY KEY,
        value TEXT NOT NULL
    ) WITHOUT ROWID;
    """,
    """
    INSERT INTO state (key, value) VALUES ('changes of vectors', '0');
    CREATE TRIGGER vector_added AFTER INSERT ON vectors BEGIN
        UPDATE state SET value = value + 1 WHERE key = 'changes of vectors';
    END;
    CREATE TRIGGER vector_changed AFTER UPDATE ON vectors BEGIN
        UPDATE state SET value = value + 1 WHERE key = 'changes of vectors';
    END;
    CREATE TRIGGER vector_removed AFTER DELETE ON vectors BEGIN
        UPDATE state SET value = value + 1 WHERE key = 'changes of vectors';
    END;
    """,
    """
    CREATE TABLE sections (
        track_id INTEGER PRIMARY KEY REFERENCES tracks (id) ON DELETE CASCADE,
        network TEXT NOT NULL,                   -- the one that heard them last
        step_s REAL NOT NULL,                    -- from the start of one to the start of the next
        length_s REAL NOT NULL,
        end_s REAL NOT NULL,                     -- of the sound: the last one is moved back so that it ends here
        vectors BLOB NOT NULL                    -- a byte a number, each section's largest at 127
    );
    CREATE INDEX sections_by_network ON sections (network);
    INSERT INTO state (key, value) VALUES ('changes of sections', '0');
    CREATE TRIGGER sections_added AFTER INSERT ON sections BEGIN
        UPDATE state SET value = value + 1 WHERE key = 'changes of sections';
    END;
    CREATE TRIGGER sections_removed AFTER DELETE ON sections BEGIN
        UPDATE state SET value = value + 1 WHERE key = 'changes of sections';
    END;
    """,
    """
    ALTER TABLE tracks ADD COLUMN title_key TEXT NOT NULL DEFAULT '';  -- what the list's titles are ordered by
    UPDATE tracks SET title_key = title_key(name, csv_title, title);
    CREATE INDEX tracks_by_title ON tracks (title_key);
    CREATE TABLE changes (
        stamp INTEGER PRIMARY KEY AUTOINCREMENT, -- the highest one is the last change of all
        track_id INTEGER NOT NULL UNIQUE         -- once, by its last change; also of a track that is gone
    );
    CREATE TRIGGER track_added_noted AFTER INSERT ON tracks BEGIN
        DELETE FROM changes WHERE track_id = new.id;
        INSERT INTO changes (track_id) VALUES (new.id);
    END;
    CREATE TRIGGER track_changed_noted AFTER UPDATE OF folder_id, name, format, title, artist, comment, csv_title,
        csv_comment, folded, duration_s, file_bpm, csv_bpm, estimated_bpm, mark, is_missing, is_whole_read,
        unreadable_because ON tracks BEGIN
        DELETE FROM changes WHERE track_id = new.id;
        INSERT INTO changes (track_id) VALUES (new.id);
    END;
    CREATE TRIGGER track_removed_noted AFTER DELETE ON tracks BEGIN
        DELETE FROM changes WHERE track_id = old.id;
        INSERT INTO changes (track_id) VALUES (old.id);
    END;
    CREATE TRIGGER tag_added_noted AFTER INSERT ON track_tags BEGIN
        DELETE FROM changes WHERE track_id = new.track_id;
        INSERT INTO changes (track_id) VALUES (new.track_id);
    END;
    CREATE TRIGGER tag_removed_noted AFTER DELETE ON track_tags BEGIN
        DELETE FROM changes WHERE track_id = old.track_id;
        INSERT INTO changes (track_id) VALUES (old.track_id);
    END;
    DROP TRIGGER vector_added;
    DROP TRIGGER vector_changed;
    DROP TRIGGER vector_removed;
    DELETE FROM state WHERE key = 'changes of vectors';
    CREATE TRIGGER vector_added_noted AFTER INSERT ON vectors BEGIN
        DELETE FROM changes WHERE track_id = new.track_id;
        INSERT INTO changes (track_id) VALUES (new.track_id);
    END;
    CREATE TRIGGER vector_changed_noted AFTER UPDATE ON vectors BEGIN
        DELETE FROM changes WHERE track_id = new.track_id;
        INSERT INTO changes (track_id) VALUES (new.track_id);
    END;
    CREATE TRIGGER vector_removed_noted AFTER DELETE ON vectors BEGIN
        DELETE FROM changes WHERE track_id = old.track_id;
        INSERT INTO changes (track_id) VALUES (old.track_id);
    END;
    """,
    """
    CREATE TABLE sound_streams (                 -- chosen by hand, in films that have several
        track_id INTEGER PRIMARY KEY REFERENCES tracks (id) ON DELETE CASCADE,
        stream INTEGER NOT NULL                  -- counted from 0 among the sound streams
    );
    CREATE TABLE reference_streams (             -- the same, of files outside the library
        path BLOB PRIMARY KEY,
        stream INTEGER NOT NULL
    ) WITHOUT ROWID;
    """,
    """
    ALTER TABLE tracks ADD COLUMN hand_title TEXT NOT NULL DEFAULT '';   -- as the user says, which goes before all
    ALTER TABLE tracks ADD COLUMN hand_comment TEXT NOT NULL DEFAULT '';
    ALTER TABLE tracks ADD COLUMN hand_bpm REAL;
    CREATE TRIGGER track_edited_noted AFTER UPDATE OF hand_title, hand_comment, hand_bpm ON tracks BEGIN
        DELETE FROM changes WHERE track_id = new.id;
        INSERT INTO changes (track_id) VALUES (new.id);
    END;
    CREATE TABLE synonyms (
        category TEXT NOT NULL,                  -- as files, lists and the user say
        name TEXT NOT NULL,                      -- empty: every tag of the category that has no row of its own
        shown_category TEXT NOT NULL,
        shown_name TEXT NOT NULL,
        PRIMARY KEY (category, name)
    ) WITHOUT ROWID;
    CREATE TABLE removed_tags (                  -- said by a file or a list, and taken off by the user
        name_id INTEGER NOT NULL REFERENCES tag_names (id),
        track_id INTEGER NOT NULL REFERENCES tracks (id) ON DELETE CASCADE,
        source TEXT NOT NULL,
        removal INTEGER NOT NULL,                -- the number of the edit that removed a tag from all tracks, else 0
        PRIMARY KEY (name_id, track_id, source)
    ) WITHOUT ROWID;
    CREATE INDEX removed_by_track ON removed_tags (track_id);
    """,
    """
    UPDATE tracks SET unreadable_because = reason_of_sentence(unreadable_because)  -- until now a sentence in English
        WHERE unreadable_because != '';
    """,
    """
    CREATE TABLE briefs (
        id INTEGER PRIMARY KEY AUTOINCREMENT,    -- never given twice, so that an old undo cannot hit a new brief
        uid TEXT NOT NULL UNIQUE,                -- the same in every catalogue and file
        name TEXT NOT NULL DEFAULT '',           -- empty until the user names it
        is_open INTEGER NOT NULL DEFAULT 1,
        opened INTEGER NOT NULL DEFAULT 0,       -- the higher, the later it was shown
        content TEXT NOT NULL DEFAULT '{}'       -- filter, references and searches, as JSON
    );
    CREATE TABLE brief_tracks (
        brief_id INTEGER NOT NULL REFERENCES briefs (id) ON DELETE CASCADE,
        track_id INTEGER NOT NULL REFERENCES tracks (id) ON DELETE CASCADE,
        mark INTEGER NOT NULL DEFAULT 0,
        heard_s REAL NOT NULL DEFAULT 0,
        note TEXT NOT NULL DEFAULT '',
        PRIMARY KEY (brief_id, track_id)
    ) WITHOUT ROWID;
    CREATE INDEX brief_tracks_by_track ON brief_tracks (track_id);
    INSERT INTO briefs (uid) VALUES (lower(hex(randomblob(16))));
    INSERT INTO brief_tracks (brief_id, track_id, mark)
        SELECT briefs.id, tracks.id, tracks.mark FROM tracks, briefs WHERE tracks.mark != 0;
    UPDATE tracks SET mark = 0 WHERE mark != 0;  -- unused from here on: older SQLite cannot drop a column
    CREATE TRIGGER brief_track_added_noted AFTER INSERT ON brief_tracks BEGIN
        DELETE FROM changes WHERE track_id = new.track_id;
        INSERT INTO changes (track_id) VALUES (new.track_id);
    END;
    CREATE TRIGGER brief_track_changed_noted AFTER UPDATE ON brief_tracks BEGIN
        DELETE FROM changes WHERE track_id = new.track_id;
        INSERT INTO changes (track_id) VALUES (new.track_id);
    END;
    CREATE TRIGGER brief_track_removed_noted AFTER DELETE ON brief_tracks BEGIN
        DELETE FROM changes WHERE track_id = old.track_id;
        INSERT INTO changes (track_id) VALUES (old.track_id);
    END;
    """,
)
