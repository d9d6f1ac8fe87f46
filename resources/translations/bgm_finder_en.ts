<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>Browsing</name>
    <message numerus="yes">
        <source>%Ln track(s)</source>
        <translation>
            <numerusform>%Ln track</numerusform>
            <numerusform>%Ln tracks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Editing</name>
    <message numerus="yes">
        <source>%Ln track(s)</source>
        <translation>
            <numerusform>%Ln track</numerusform>
            <numerusform>%Ln tracks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) copied</source>
        <translation>
            <numerusform>%Ln file copied</numerusform>
            <numerusform>%Ln files copied</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them missing at the last scan</source>
        <translation>
            <numerusform>%Ln of them missing at the last scan</numerusform>
            <numerusform>%Ln of them missing at the last scan</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ErrorReports</name>
    <message numerus="yes">
        <source>%Ln recent edit(s) missing from the catalogue have been restored.</source>
        <translation>
            <numerusform>%Ln recent edit missing from the catalogue has been restored.</numerusform>
            <numerusform>%Ln recent edits missing from the catalogue have been restored.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln later edit(s) of yours have been restored.</source>
        <translation>
            <numerusform>%Ln later edit of yours has been restored.</numerusform>
            <numerusform>%Ln later edits of yours have been restored.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Exporting</name>
    <message numerus="yes">
        <source>%Ln file(s) copied</source>
        <translation>
            <numerusform>%Ln file copied</numerusform>
            <numerusform>%Ln files copied</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln timeline(s) written</source>
        <translation>
            <numerusform>%Ln timeline written</numerusform>
            <numerusform>%Ln timelines written</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left out</source>
        <translation>
            <numerusform>%Ln left out</numerusform>
            <numerusform>%Ln left out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more track(s) were not exported.</source>
        <translation>
            <numerusform>%Ln more track was not exported.</numerusform>
            <numerusform>%Ln more tracks were not exported.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FacetTree</name>
    <message numerus="yes">
        <source>%Ln more…</source>
        <translation>
            <numerusform>%Ln more…</numerusform>
            <numerusform>%Ln more…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FoldersDialog</name>
    <message numerus="yes">
        <source>Remove {folder} from the library? The tags and marks of its %Ln track(s) will be deleted.</source>
        <translation>
            <numerusform>Remove {folder} from the library? The tags and marks of its %Ln track will be deleted.</numerusform>
            <numerusform>Remove {folder} from the library? The tags and marks of its %Ln tracks will be deleted.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Hearing</name>
    <message numerus="yes">
        <source>%Ln track(s) marked as not heard</source>
        <translation>
            <numerusform>%Ln track marked as not heard</numerusform>
            <numerusform>%Ln tracks marked as not heard</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportExport</name>
    <message numerus="yes">
        <source>%Ln track(s) exported to {path}</source>
        <translation>
            <numerusform>%Ln track exported to {path}</numerusform>
            <numerusform>%Ln tracks exported to {path}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportReportDialog</name>
    <message numerus="yes">
        <source>%Ln row(s) match no track.</source>
        <translation>
            <numerusform>%Ln row matches no track.</numerusform>
            <numerusform>%Ln rows match no track.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Importing</name>
    <message numerus="yes">
        <source>%Ln more row(s) need attention.</source>
        <translation>
            <numerusform>%Ln more row needs attention.</numerusform>
            <numerusform>%Ln more rows need attention.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LibraryFolders</name>
    <message numerus="yes">
        <source>unsupported sound format, %Ln file(s)</source>
        <translation>
            <numerusform>unsupported sound format, %Ln file</numerusform>
            <numerusform>unsupported sound format, %Ln files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReferencePanel</name>
    <message numerus="yes">
        <source>%Ln track(s)</source>
        <translation>
            <numerusform>%Ln track</numerusform>
            <numerusform>%Ln tracks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatisticsDialog</name>
    <message numerus="yes">
        <source>%Ln track(s), {untagged} without tags</source>
        <translation>
            <numerusform>%Ln track, {untagged} without tags</numerusform>
            <numerusform>%Ln tracks, {untagged} without tags</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TagDialog</name>
    <message numerus="yes">
        <source>Tags of %Ln track(s)</source>
        <translation>
            <numerusform>Tags of %Ln track</numerusform>
            <numerusform>Tags of %Ln tracks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TagNames</name>
    <message numerus="yes">
        <source>%Ln track(s)</source>
        <translation>
            <numerusform>%Ln track</numerusform>
            <numerusform>%Ln tracks</numerusform>
        </translation>
    </message>
</context>
</TS>
