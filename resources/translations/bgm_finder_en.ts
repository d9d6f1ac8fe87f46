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
        <source>%n file(s) copied</source>
        <translation>
            <numerusform>%n file copied</numerusform>
            <numerusform>%n files copied</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them not there at the last look</source>
        <translation>
            <numerusform>%n of them not there at the last look</numerusform>
            <numerusform>%n of them not there at the last look</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportReportDialog</name>
    <message numerus="yes">
        <source>%n row(s) name no track.</source>
        <translation>
            <numerusform>%n row names no track.</numerusform>
            <numerusform>%n rows name no track.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Importing</name>
    <message numerus="yes">
        <source>%n more row(s) want attention.</source>
        <translation>
            <numerusform>%n more row wants attention.</numerusform>
            <numerusform>%n more rows want attention.</numerusform>
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
