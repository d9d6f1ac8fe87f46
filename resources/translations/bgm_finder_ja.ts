<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja">
<context>
    <name>AppDialogs</name>
    <message>
        <source>Find background music by ear and by keyboard.</source>
        <translation>BGMを耳とキーボードで探すためのアプリです。</translation>
    </message>
</context>
<context>
    <name>BriefBox</name>
    <message>
        <source>Brief: {name}</source>
        <translation>案件: {name}</translation>
    </message>
    <message>
        <source>Name of the brief</source>
        <translation>案件名</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>無題の案件</translation>
    </message>
</context>
<context>
    <name>BriefFacets</name>
    <message>
        <source>Not heard yet</source>
        <translation>未試聴のみ</translation>
    </message>
    <message>
        <source>Hide rejected</source>
        <translation>不採用を隠す</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>残した曲のみ</translation>
    </message>
</context>
<context>
    <name>BriefSwitcher</name>
    <message>
        <source>Switch brief</source>
        <translation>案件の切り替え</translation>
    </message>
    <message>
        <source>Name of a brief</source>
        <translation>案件名</translation>
    </message>
    <message>
        <source>Briefs</source>
        <translation>案件</translation>
    </message>
    <message>
        <source>{name} (closed)</source>
        <translation>{name}（閉じた案件）</translation>
    </message>
    <message>
        <source>New brief “{name}”</source>
        <translation>新しい案件「{name}」</translation>
    </message>
</context>
<context>
    <name>BriefSwitching</name>
    <message>
        <source>Brief deleted: {name}. Press {key} to undo.</source>
        <translation>案件を削除しました: {name}（{key} で元に戻せます）</translation>
    </message>
    <message>
        <source>Briefs</source>
        <translation>案件</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>すべてのファイル</translation>
    </message>
    <message>
        <source>Open a brief from a file</source>
        <translation>ファイルから案件を開く</translation>
    </message>
    <message>
        <source>Brief</source>
        <translation>案件</translation>
    </message>
    <message>
        <source>Save a copy of the brief</source>
        <translation>案件のコピーを保存</translation>
    </message>
    <message>
        <source>Brief saved to {path}</source>
        <translation>案件を保存しました: {path}</translation>
    </message>
    <message>
        <source>The brief “{name}” is open. These files are not in this library, or not at their place:</source>
        <translation>案件「{name}」を開きました。次のファイルはこのライブラリにないか、元の場所にありません: </translation>
    </message>
    <message>
        <source>Files that are missing</source>
        <translation>見つからないファイル</translation>
    </message>
</context>
<context>
    <name>Browsing</name>
    <message>
        <source>Without “{condition}”: {count}</source>
        <translation>「{condition}」を解除（{count}曲）</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>絞り込みを解除</translation>
    </message>
    <message>
        <source>No track meets all of these conditions</source>
        <translation>すべての条件に合う曲がありません</translation>
    </message>
    <message>
        <source>Remove one of them:</source>
        <translation>いずれかの条件を解除してください:</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>フォルダを開く</translation>
    </message>
    <message>
        <source>The library cannot be opened</source>
        <translation>ライブラリを開けません</translation>
    </message>
    <message>
        <source>Removing a single condition does not help.</source>
        <translation>条件を1つ外すだけでは該当する曲が見つかりません。</translation>
    </message>
    <message>
        <source>Press {key} to keep the selected track. All tracks that you keep are listed here.</source>
        <translation>{key}キーで選択中の曲をキープできます。キープした曲はすべてここに表示されます。</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>一覧に戻る</translation>
    </message>
    <message>
        <source>The shortlist is empty</source>
        <translation>候補リストは空です</translation>
    </message>
    <message>
        <source>Searching for music…</source>
        <translation>音楽を探しています…</translation>
    </message>
    <message>
        <source>Tracks appear here as they are found.</source>
        <translation>見つかった曲から順にここに表示されます。</translation>
    </message>
    <message>
        <source>No music yet</source>
        <translation>曲がまだありません</translation>
    </message>
    <message>
        <source>Drop a folder of music on this window, or add one. Your files are neither moved nor changed.</source>
        <translation>音楽の入ったフォルダをこのウィンドウにドロップするか、下のボタンから追加してください。元のファイルは移動も変更もしません。</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>フォルダを追加…</translation>
    </message>
    <message>
        <source>{shown} of {total}</source>
        <translation>{shown} / {total}曲</translation>
    </message>
    <message numerus="yes">
        <source>%Ln track(s)</source>
        <translation>
            <numerusform>%Ln曲</numerusform>
        </translation>
    </message>
    <message>
        <source>Search results are ordered by similarity. Close the search to sort the list.</source>
        <translation>検索結果は似ている順に並びます。並べ替えるには、検索を閉じてください。</translation>
    </message>
    <message>
        <source>The list cannot be sorted by this column.</source>
        <translation>この列では並べ替えできません。</translation>
    </message>
</context>
<context>
    <name>Category</name>
    <message>
        <source>Use</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>Genre</source>
        <translation>楽曲ジャンル</translation>
    </message>
    <message>
        <source>Mood</source>
        <translation>イメージ</translation>
    </message>
    <message>
        <source>Main instrument</source>
        <translation>メイン楽器</translation>
    </message>
    <message>
        <source>Tempo</source>
        <translation>テンポ</translation>
    </message>
    <message>
        <source>File format</source>
        <translation>ファイル形式</translation>
    </message>
    <message>
        <source>Artist</source>
        <translation>アーティスト</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>フォルダ</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>長さ</translation>
    </message>
    <message>
        <source>BPM</source>
        <translation>BPM</translation>
    </message>
    <message>
        <source>Search words</source>
        <translation>キーワード</translation>
    </message>
    <message>
        <source>Shortlist</source>
        <translation>候補リスト</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>キープした曲</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>不採用の曲</translation>
    </message>
    <message>
        <source>undecided</source>
        <translation>未選別</translation>
    </message>
    <message>
        <source>not rejected</source>
        <translation>不採用の曲以外</translation>
    </message>
    <message>
        <source>{name} (from the files)</source>
        <translation>{name}（ファイルから）</translation>
    </message>
    <message>
        <source>(no artist)</source>
        <translation>（アーティスト不明）</translation>
    </message>
    <message>
        <source>not {category}: {name}</source>
        <translation>{category}: {name} 以外</translation>
    </message>
    <message>
        <source>no artist</source>
        <translation>アーティスト不明</translation>
    </message>
    <message>
        <source>{category}: no tag</source>
        <translation>{category}: タグなし</translation>
    </message>
    <message>
        <source>without {category}: {name}</source>
        <translation>{category}: {name} なし</translation>
    </message>
    <message>
        <source>{category} unknown</source>
        <translation>{category}が不明</translation>
    </message>
    <message>
        <source>without the search words</source>
        <translation>キーワードを含まない</translation>
    </message>
    <message>
        <source>no {category} tag</source>
        <translation>{category}のタグなし</translation>
    </message>
    <message>
        <source>Heard</source>
        <translation>試聴済み</translation>
    </message>
    <message>
        <source>heard</source>
        <translation>試聴済み</translation>
    </message>
    <message>
        <source>not heard yet</source>
        <translation>未試聴</translation>
    </message>
</context>
<context>
    <name>Closeness</name>
    <message>
        <source>very close</source>
        <translation>とても近い</translation>
    </message>
    <message>
        <source>close</source>
        <translation>近い</translation>
    </message>
    <message>
        <source>related</source>
        <translation>やや近い</translation>
    </message>
    <message>
        <source>distant</source>
        <translation>遠い</translation>
    </message>
</context>
<context>
    <name>Command</name>
    <message>
        <source>Play / pause</source>
        <translation>再生 / 一時停止</translation>
    </message>
    <message>
        <source>Play / pause (from the player too)</source>
        <translation>再生 / 一時停止（プレーヤーでも有効）</translation>
    </message>
    <message>
        <source>Play from the start</source>
        <translation>先頭から再生</translation>
    </message>
    <message>
        <source>Next track</source>
        <translation>次の曲を再生</translation>
    </message>
    <message>
        <source>Previous track</source>
        <translation>前の曲を再生</translation>
    </message>
    <message>
        <source>Next track without playing</source>
        <translation>次の曲へ移動（再生しない）</translation>
    </message>
    <message>
        <source>Previous track without playing</source>
        <translation>前の曲へ移動（再生しない）</translation>
    </message>
    <message>
        <source>Back 5 s (repeated: 15, 30 s)</source>
        <translation>5秒戻る（連打で15秒、30秒）</translation>
    </message>
    <message>
        <source>Forward 5 s (repeated: 15, 30 s)</source>
        <translation>5秒進む（連打で15秒、30秒）</translation>
    </message>
    <message>
        <source>Back 1 s</source>
        <translation>1秒戻る</translation>
    </message>
    <message>
        <source>Forward 1 s</source>
        <translation>1秒進む</translation>
    </message>
    <message>
        <source>Back 10 s</source>
        <translation>10秒戻る</translation>
    </message>
    <message>
        <source>Forward 10 s</source>
        <translation>10秒進む</translation>
    </message>
    <message>
        <source>Go to {percent} %</source>
        <translation>{percent}%の位置へ移動</translation>
    </message>
    <message>
        <source>Go to the highlight (loudest passage)</source>
        <translation>ハイライト（最も音が大きい部分）へ移動</translation>
    </message>
    <message>
        <source>Set the section&apos;s start here</source>
        <translation>現在位置を区間の始点にする</translation>
    </message>
    <message>
        <source>Set the section&apos;s end here</source>
        <translation>現在位置を区間の終点にする</translation>
    </message>
    <message>
        <source>Clear the marked section</source>
        <translation>区間の指定を解除</translation>
    </message>
    <message>
        <source>Loop</source>
        <translation>ループ</translation>
    </message>
    <message>
        <source>Play tracks when selected</source>
        <translation>選択した曲を自動再生</translation>
    </message>
    <message>
        <source>Find similar</source>
        <translation>似た曲を探す</translation>
    </message>
    <message>
        <source>Find similar to the marked section</source>
        <translation>指定した区間に似た曲を探す</translation>
    </message>
    <message>
        <source>Previous search</source>
        <translation>前の検索に戻る</translation>
    </message>
    <message>
        <source>Next search</source>
        <translation>次の検索に進む</translation>
    </message>
    <message>
        <source>Keep and go to the next track</source>
        <translation>キープして次の曲へ</translation>
    </message>
    <message>
        <source>Reject and go to the next track</source>
        <translation>不採用にして次の曲へ</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>元に戻す</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>やり直し</translation>
    </message>
    <message>
        <source>Compare with the reference (A/B)</source>
        <translation>リファレンスとA/B比較</translation>
    </message>
    <message>
        <source>Go to the search box</source>
        <translation>検索ボックスへ移動</translation>
    </message>
    <message>
        <source>Go to the search box (from the list)</source>
        <translation>検索ボックスへ移動（一覧から）</translation>
    </message>
    <message>
        <source>Go to the filter</source>
        <translation>絞り込みへ移動</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>絞り込みを解除</translation>
    </message>
    <message>
        <source>Search by file…</source>
        <translation>ファイルから探す…</translation>
    </message>
    <message>
        <source>Paste a sound file, folder or tag list</source>
        <translation>貼り付け（音声ファイルは検索、フォルダとタグ一覧は追加）</translation>
    </message>
    <message>
        <source>Copy file and path</source>
        <translation>ファイルとパスをコピー</translation>
    </message>
    <message>
        <source>Copy the marked section (WAV)</source>
        <translation>区間をコピー（WAV）</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>フォルダで表示</translation>
    </message>
    <message>
        <source>Edit tags…</source>
        <translation>タグを編集…</translation>
    </message>
    <message>
        <source>Zoom into the picture</source>
        <translation>表示を拡大</translation>
    </message>
    <message>
        <source>Zoom out of the picture</source>
        <translation>表示を縮小</translation>
    </message>
    <message>
        <source>Show the whole track</source>
        <translation>曲全体を表示</translation>
    </message>
    <message>
        <source>Show the shortlist only</source>
        <translation>候補リストのみ表示</translation>
    </message>
    <message>
        <source>Export the shortlist…</source>
        <translation>候補リストを書き出す…</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>フォルダを追加…</translation>
    </message>
    <message>
        <source>Folders of the library…</source>
        <translation>ライブラリのフォルダ…</translation>
    </message>
    <message>
        <source>Check for new and changed files</source>
        <translation>新しいファイルと変更を確認</translation>
    </message>
    <message>
        <source>Import a tag list (CSV)…</source>
        <translation>タグ一覧（CSV）を読み込む…</translation>
    </message>
    <message>
        <source>Export the tags (CSV)…</source>
        <translation>タグ一覧（CSV）を書き出す…</translation>
    </message>
    <message>
        <source>Tag statistics…</source>
        <translation>タグの統計…</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>設定…</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>キーボードショートカット</translation>
    </message>
    <message>
        <source>Copy diagnostics</source>
        <translation>診断情報をコピー</translation>
    </message>
    <message>
        <source>About BGM Finder</source>
        <translation>BGM Finder について</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>終了</translation>
    </message>
    <message>
        <source>Add the last tags again</source>
        <translation>直前のタグをもう一度付ける</translation>
    </message>
    <message>
        <source>Back to the list; from there stop, then close the search</source>
        <translation>一覧に戻る（一覧では停止、続けて検索を終了）</translation>
    </message>
    <message>
        <source>Go to the playing track</source>
        <translation>再生中の曲へ移動</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>ミュート</translation>
    </message>
    <message>
        <source>Volume up</source>
        <translation>音量を上げる</translation>
    </message>
    <message>
        <source>Volume down</source>
        <translation>音量を下げる</translation>
    </message>
    <message>
        <source>Sort the list by…</source>
        <translation>一覧の並べ替え…</translation>
    </message>
    <message>
        <source>Choose columns…</source>
        <translation>表示する列…</translation>
    </message>
    <message>
        <source>Open the menu</source>
        <translation>メニューを開く</translation>
    </message>
    <message>
        <source>Switch brief…</source>
        <translation>案件を切り替え…</translation>
    </message>
    <message>
        <source>New brief</source>
        <translation>新しい案件</translation>
    </message>
    <message>
        <source>Rename the brief</source>
        <translation>案件名を変更</translation>
    </message>
    <message>
        <source>Duplicate the brief</source>
        <translation>案件を複製</translation>
    </message>
    <message>
        <source>Close the brief</source>
        <translation>案件を閉じる</translation>
    </message>
    <message>
        <source>Delete the brief</source>
        <translation>案件を削除</translation>
    </message>
    <message>
        <source>Open a brief from a file…</source>
        <translation>ファイルから案件を開く…</translation>
    </message>
    <message>
        <source>Save a copy of the brief…</source>
        <translation>案件のコピーを保存…</translation>
    </message>
    <message>
        <source>Show the better order of the results</source>
        <translation>検索結果を新しい順序に並べ替える</translation>
    </message>
    <message>
        <source>Ten that differ: the list in groups by sound</source>
        <translation>音の傾向でグループ分け（違う曲を10曲）</translation>
    </message>
    <message>
        <source>One more of each group</source>
        <translation>各グループの次の曲を表示</translation>
    </message>
    <message>
        <source>Open or fold the group</source>
        <translation>グループを開く／閉じる</translation>
    </message>
    <message>
        <source>Reject, and search away from the track</source>
        <translation>不採用にして、似た曲を遠ざける</translation>
    </message>
    <message>
        <source>Learn from marks</source>
        <translation>キープ・不採用から学習</translation>
    </message>
    <message>
        <source>Export to a folder…</source>
        <translation>フォルダに書き出す…</translation>
    </message>
    <message>
        <source>Mark as not heard</source>
        <translation>未試聴に戻す</translation>
    </message>
    <message>
        <source>Write a note…</source>
        <translation>メモを書く…</translation>
    </message>
</context>
<context>
    <name>EditWords</name>
    <message>
        <source>keep {tracks}</source>
        <translation>キープ（{tracks}）</translation>
    </message>
    <message>
        <source>reject {tracks}</source>
        <translation>不採用（{tracks}）</translation>
    </message>
    <message>
        <source>remove mark from {tracks}</source>
        <translation>マークの取り消し（{tracks}）</translation>
    </message>
    <message>
        <source>rename “{removed}” to “{added}”</source>
        <translation>名前の変更「{removed}」→「{added}」</translation>
    </message>
    <message>
        <source>merge “{removed}” with “{added}”</source>
        <translation>統合「{removed}」→「{added}」</translation>
    </message>
    <message>
        <source>remove “{removed}” from all tracks</source>
        <translation>「{removed}」の削除（すべての曲）</translation>
    </message>
    <message>
        <source>import tag list ({tracks})</source>
        <translation>タグ一覧の読み込み（{tracks}）</translation>
    </message>
    <message>
        <source>choose sound track ({tracks})</source>
        <translation>音声トラックの選択（{tracks}）</translation>
    </message>
    <message>
        <source>add tag {added} to {tracks}</source>
        <translation>タグ「{added}」の追加（{tracks}）</translation>
    </message>
    <message>
        <source>remove tag {removed} from {tracks}</source>
        <translation>タグ「{removed}」の削除（{tracks}）</translation>
    </message>
    <message>
        <source>add tag {added} to {tracks}, remove {removed}</source>
        <translation>タグ「{added}」の追加と「{removed}」の削除（{tracks}）</translation>
    </message>
    <message>
        <source>change {texts} of {tracks}</source>
        <translation>{texts}の変更（{tracks}）</translation>
    </message>
    <message>
        <source>change tags and {texts} of {tracks}</source>
        <translation>タグと{texts}の変更（{tracks}）</translation>
    </message>
    <message>
        <source>title</source>
        <translation>タイトル</translation>
    </message>
    <message>
        <source>comment</source>
        <translation>コメント</translation>
    </message>
    <message>
        <source>BPM</source>
        <translation>BPM</translation>
    </message>
    <message>
        <source>note on {tracks}</source>
        <translation>{tracks} へのメモ</translation>
    </message>
    <message>
        <source>rename brief</source>
        <translation>案件名の変更</translation>
    </message>
    <message>
        <source>delete brief</source>
        <translation>案件の削除</translation>
    </message>
</context>
<context>
    <name>Editing</name>
    <message>
        <source>Kept: {what}</source>
        <translation>キープしました: {what}</translation>
    </message>
    <message>
        <source>Rejected: {what}</source>
        <translation>不採用にしました: {what}</translation>
    </message>
    <message>
        <source>Mark removed: {what}</source>
        <translation>マークを取り消しました: {what}</translation>
    </message>
    <message>
        <source>Copied: {path}</source>
        <translation>コピーしました: {path}</translation>
    </message>
    <message>
        <source>Mark a section first: press I at its start and O at its end.</source>
        <translation>先に区間を指定してください（Iキーで始点、Oキーで終点）。</translation>
    </message>
    <message>
        <source>No file manager could be opened for {path}</source>
        <translation>ファイルマネージャーで開けませんでした: {path}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln track(s)</source>
        <translation>
            <numerusform>%Ln曲</numerusform>
        </translation>
    </message>
    <message>
        <source>There are no tags to add again yet.</source>
        <translation>もう一度付けられるタグがまだありません。</translation>
    </message>
    <message>
        <source>No track is selected.</source>
        <translation>曲が選択されていません。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) copied</source>
        <translation>
            <numerusform>%Ln個のファイルをコピーしました</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them missing at the last scan</source>
        <translation>
            <numerusform>うち%Ln個は前回の確認時に見つかりませんでした</numerusform>
        </translation>
    </message>
    <message>
        <source>Tags changed. Press {key} to undo.</source>
        <translation>タグを変更しました。{key} で元に戻せます。</translation>
    </message>
    <message>
        <source>Tags added: {names}. Press {key} to undo.</source>
        <translation>タグを付けました: {names}。{key} で元に戻せます。</translation>
    </message>
    <message>
        <source>Undone: {what}</source>
        <translation>元に戻しました: {what}</translation>
    </message>
    <message>
        <source>Redone: {what}</source>
        <translation>やり直しました: {what}</translation>
    </message>
    <message>
        <source>That was the last track in the list.</source>
        <translation>一覧の最後の曲でした。</translation>
    </message>
    <message>
        <source>Note kept. Press {key} to undo.</source>
        <translation>メモを保存しました。{key} で元に戻せます。</translation>
    </message>
    <message>
        <source>Note removed. Press {key} to undo.</source>
        <translation>メモを削除しました。{key} で元に戻せます。</translation>
    </message>
</context>
<context>
    <name>EncodingDialog</name>
    <message>
        <source>Encoding of the tag list</source>
        <translation>タグ一覧の文字コード</translation>
    </message>
    <message>
        <source>The encoding of this list could not be detected. Choose the one in which the text reads correctly.</source>
        <translation>文字コードを判別できません。正しく読めるものを選んでください。</translation>
    </message>
</context>
<context>
    <name>Error</name>
    <message>
        <source>Model {name}: {reason}. Please reinstall the app.</source>
        <translation>解析モデル {name} を使用できません（{reason}）。アプリを再インストールしてください。</translation>
    </message>
    <message>
        <source>The analysis {reason}. Press F5 to try again.</source>
        <translation>{reason}。F5で再試行できます。</translation>
    </message>
    <message>
        <source>Something went wrong: {error}. See the log file for details.</source>
        <translation>問題が発生しました: {error}。詳細はログファイルをご確認ください。</translation>
    </message>
    <message>
        <source>Line {line}: {text}</source>
        <translation>{line}行目: {text}</translation>
    </message>
</context>
<context>
    <name>ErrorReports</name>
    <message>
        <source>BGM Finder quit unexpectedly last time. Your work is saved.</source>
        <translation>前回、BGM Finderが予期せず終了しました。それまでの作業は保存されています。</translation>
    </message>
    <message>
        <source>Report…</source>
        <translation>レポート…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln recent edit(s) missing from the catalogue have been restored.</source>
        <translation>
            <numerusform>カタログに反映されていなかった直前の編集%Ln件を復元しました。</numerusform>
        </translation>
    </message>
    <message>
        <source>Cause: {reason}</source>
        <translation>原因: {reason}</translation>
    </message>
    <message>
        <source>The damaged catalogue was saved as: {path}</source>
        <translation>壊れたカタログの保存先: {path}</translation>
    </message>
    <message>
        <source>The catalogue could not be opened, and there is no backup. A new one was created.</source>
        <translation>カタログを開けず、バックアップもないため、新しいカタログを作成しました。</translation>
    </message>
    <message>
        <source>The catalogue could not be opened. Its backup of {day} was opened instead.</source>
        <translation>カタログを開けなかったため、{day} 時点のバックアップを開きました。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln later edit(s) of yours have been restored.</source>
        <translation>
            <numerusform>その後の編集%Ln件も復元しました。</numerusform>
        </translation>
    </message>
    <message>
        <source>The catalogue was damaged</source>
        <translation>カタログの破損</translation>
    </message>
    <message>
        <source>The model “{name}” is missing or damaged. The standard model is used instead, and your tracks are analysed again. Once the file is back, you can choose the model again in the settings.</source>
        <translation>解析モデル「{name}」が見つからないか破損しているため、標準モデルを使用し、曲を解析し直します。ファイルを元の場所に戻すと、設定で再び選べます。</translation>
    </message>
    <message>
        <source>A model is missing</source>
        <translation>解析モデルが見つかりません</translation>
    </message>
    <message>
        <source>The settings could not be read; the defaults are used. {error}</source>
        <translation>設定を読み込めないため、既定の設定を使います。{error}</translation>
    </message>
    <message>
        <source>The settings file is damaged; the defaults are used: {path}</source>
        <translation>設定ファイルが壊れているため、既定の設定を使います: {path}</translation>
    </message>
    <message>
        <source>The settings file was damaged; the defaults are used. It was saved as: {path}</source>
        <translation>設定ファイルが壊れていたため、既定の設定を使います。元のファイルは次の名前で残しました: {path}</translation>
    </message>
    <message>
        <source>The settings could not be saved. {error}</source>
        <translation>設定を保存できません。{error}</translation>
    </message>
    <message>
        <source>No backup of the catalogue could be made: {error}</source>
        <translation>カタログのバックアップを作成できませんでした: {error}</translation>
    </message>
    <message>
        <source>BGM Finder has run into an internal error. Your music, tags and marks are safe, and you can continue working. The report below contains no file names; please send it to whoever gave you BGM Finder.</source>
        <translation>予期しないエラーが発生しました。曲・タグ・マークは失われておらず、そのまま作業を続けられます。下のレポートにファイル名は含まれません。BGM Finderの入手元へお送りください。</translation>
    </message>
    <message>
        <source>Internal error</source>
        <translation>内部エラー</translation>
    </message>
    <message>
        <source>Diagnostics copied, without file names. You can paste them into an e-mail.</source>
        <translation>診断情報をコピーしました（ファイル名は含みません）。メールに貼り付けてください。</translation>
    </message>
    <message>
        <source>Your keyboard shortcuts could not be read; the default ones are used. {error}</source>
        <translation>キーボードショートカットの設定を読み込めないため、既定のキーを使います。{error}</translation>
    </message>
    <message>
        <source>The file of your keyboard shortcuts is damaged; the default ones are used: {path}</source>
        <translation>キーボードショートカットの設定ファイルが壊れているため、既定のキーを使います: {path}</translation>
    </message>
    <message>
        <source>The file of your keyboard shortcuts was damaged; the default ones are used. It was saved as: {path}</source>
        <translation>キーボードショートカットの設定ファイルが壊れていたため、既定のキーを使います。元のファイルは次の名前で残しました: {path}</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export to a folder</source>
        <translation>フォルダに書き出す</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>書き出し</translation>
    </message>
    <message>
        <source>What</source>
        <translation>対象</translation>
    </message>
    <message>
        <source>As the source</source>
        <translation>元のまま</translation>
    </message>
    <message>
        <source> s</source>
        <translation> 秒</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>ファイル</translation>
    </message>
    <message>
        <source>Copies</source>
        <translation>コピー</translation>
    </message>
    <message>
        <source>Handles around a section</source>
        <translation>区間の前後の余白</translation>
    </message>
    <message>
        <source>File names</source>
        <translation>ファイル名</translation>
    </message>
    <message>
        <source>Sample rate of WAV</source>
        <translation>WAV のサンプルレート</translation>
    </message>
    <message>
        <source>Bit depth of WAV</source>
        <translation>WAV のビット深度</translation>
    </message>
    <message>
        <source>Timelines</source>
        <translation>タイムライン</translation>
    </message>
    <message>
        <source>OpenTimelineIO (Resolve 18.5, Premiere 25.6 and later)</source>
        <translation>OpenTimelineIO（Resolve 18.5 以降、Premiere 25.6 以降）</translation>
    </message>
    <message>
        <source>Frame rate</source>
        <translation>フレームレート</translation>
    </message>
    <message>
        <source>Starts at time code</source>
        <translation>開始タイムコード</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>選択…</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>フォルダ</translation>
    </message>
    <message>
        <source>Convert to WAV where an editing program may not open the file</source>
        <translation>編集ソフトで開けない形式だけ WAV に変換</translation>
    </message>
    <message>
        <source>Convert all to WAV</source>
        <translation>すべて WAV に変換</translation>
    </message>
    <message>
        <source>Copy the whole files unchanged</source>
        <translation>ファイル全体をそのままコピー</translation>
    </message>
    <message>
        <source>No copies: the timeline uses the original files</source>
        <translation>コピーしない（タイムラインは元のファイルを参照）</translation>
    </message>
    <message>
        <source>32 bit float</source>
        <translation>32 ビット浮動小数点</translation>
    </message>
    <message>
        <source>{bits} bit</source>
        <translation>{bits} ビット</translation>
    </message>
    <message>
        <source>{rate} fps, drop frame</source>
        <translation>{rate} fps（ドロップフレーム）</translation>
    </message>
    <message>
        <source>{rate} fps, non-drop frame</source>
        <translation>{rate} fps（ノンドロップフレーム）</translation>
    </message>
    <message>
        <source>Choose at least one timeline, or copies.</source>
        <translation>タイムラインを1つ以上選ぶか、コピーの方法を選んでください。</translation>
    </message>
    <message>
        <source>Enter a time code such as {example}.</source>
        <translation>{example} のようなタイムコードを入力してください。</translation>
    </message>
    <message>
        <source>Choose a folder.</source>
        <translation>フォルダを選んでください。</translation>
    </message>
</context>
<context>
    <name>ExportProgress</name>
    <message>
        <source>Exporting…</source>
        <translation>書き出し中…</translation>
    </message>
    <message>
        <source>Exporting: {percent} %</source>
        <translation>書き出し中: {percent} %</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>中止</translation>
    </message>
    <message>
        <source>The files exported so far are kept</source>
        <translation>書き出し済みのファイルは残ります</translation>
    </message>
    <message>
        <source>Progress of the export</source>
        <translation>書き出しの進み具合</translation>
    </message>
</context>
<context>
    <name>Exporting</name>
    <message>
        <source>An export is running. Wait until it is done, or stop it.</source>
        <translation>書き出し中です。終わるまで待つか、中止してください。</translation>
    </message>
    <message>
        <source>No track is selected.</source>
        <translation>曲が選択されていません。</translation>
    </message>
    <message>
        <source>Highlight</source>
        <translation>ハイライト</translation>
    </message>
    <message>
        <source>Best passage</source>
        <translation>最も似た箇所</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>メモ</translation>
    </message>
    <message>
        <source>Selected tracks ({count})</source>
        <translation>選択した曲（{count}）</translation>
    </message>
    <message>
        <source>Shortlist ({count})</source>
        <translation>候補リスト（{count}）</translation>
    </message>
    <message>
        <source>Marked section of the track that is heard</source>
        <translation>再生中の曲で指定した区間</translation>
    </message>
    <message>
        <source>Example: {name}</source>
        <translation>例: {name}</translation>
    </message>
    <message>
        <source>Export stopped. The files exported so far are kept.</source>
        <translation>書き出しを中止しました。書き出し済みのファイルは残っています。</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>書き出し</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>フォルダを開く</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) copied</source>
        <translation>
            <numerusform>%Ln 個のファイルをコピー</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln timeline(s) written</source>
        <translation>
            <numerusform>%Ln 個のタイムラインを作成</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left out</source>
        <translation>
            <numerusform>%Ln 件は書き出せず</numerusform>
        </translation>
    </message>
    <message>
        <source>stopped early: {reason}</source>
        <translation>途中で終了: {reason}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more track(s) were not exported.</source>
        <translation>
            <numerusform>残りの %Ln 曲は書き出していません。</numerusform>
        </translation>
    </message>
    <message>
        <source>No file manager could be opened for {path}</source>
        <translation>ファイルマネージャーで開けませんでした: {path}</translation>
    </message>
</context>
<context>
    <name>FacetMenu</name>
    <message>
        <source>The file format is read from the files; it cannot be changed here.</source>
        <translation>ファイル形式はファイルから読み取るため、ここでは変更できません。</translation>
    </message>
    <message>
        <source>The artist is read from the files; it cannot be changed here.</source>
        <translation>アーティストはファイルから読み取ったものなので、ここでは変更できません。</translation>
    </message>
    <message>
        <source>The folder is where the files are; it cannot be changed here.</source>
        <translation>フォルダはファイルのある場所なので、ここでは変更できません。</translation>
    </message>
    <message>
        <source>This is a built-in category. It cannot be renamed or merged.</source>
        <translation>標準のカテゴリのため、名前の変更や統合はできません。</translation>
    </message>
    <message>
        <source>The library is being edited in another window.</source>
        <translation>ライブラリは別のウィンドウで編集中です。</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>名前を変更…</translation>
    </message>
    <message>
        <source>Merge with…</source>
        <translation>別のタグと統合…</translation>
    </message>
    <message>
        <source>Remove from all tracks…</source>
        <translation>すべての曲から外す…</translation>
    </message>
    <message>
        <source>Merge into another category…</source>
        <translation>別のカテゴリに統合…</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>削除…</translation>
    </message>
    <message>
        <source>Exclude</source>
        <translation>除外する</translation>
    </message>
    <message>
        <source>Match all ticked tags, not any</source>
        <translation>チェックしたタグをすべて満たす（いずれかではなく）</translation>
    </message>
    <message>
        <source>Only tracks without an artist</source>
        <translation>アーティスト不明の曲だけ</translation>
    </message>
    <message>
        <source>This is not a tag: it stands for tracks without a tag in this category.</source>
        <translation>これはタグではなく、このカテゴリのタグがない曲を表します。</translation>
    </message>
    <message>
        <source>Only tracks without a tag in this category</source>
        <translation>このカテゴリのタグがない曲だけ</translation>
    </message>
</context>
<context>
    <name>FacetTree</name>
    <message>
        <source>Tags</source>
        <translation>タグ</translation>
    </message>
    <message>
        <source>(no tag)</source>
        <translation>（タグなし）</translation>
    </message>
    <message>
        <source>all</source>
        <translation>すべて</translation>
    </message>
    <message>
        <source>any</source>
        <translation>いずれか</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more…</source>
        <translation>
            <numerusform>ほか %Ln 件…</numerusform>
        </translation>
    </message>
    <message>
        <source>Type a part of the name above the list to find them</source>
        <translation>上の欄に名前の一部を入力すると見つかります</translation>
    </message>
</context>
<context>
    <name>Failures</name>
    <message>
        <source>Working…</source>
        <translation>作業中…</translation>
    </message>
</context>
<context>
    <name>FilterChips</name>
    <message>
        <source>Remove this condition</source>
        <translation>この条件を解除</translation>
    </message>
    <message>
        <source>Remove: {condition}</source>
        <translation>解除: {condition}</translation>
    </message>
</context>
<context>
    <name>FilterPanel</name>
    <message>
        <source>Filter</source>
        <translation>絞り込み</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>解除</translation>
    </message>
    <message>
        <source>Remove all conditions</source>
        <translation>すべての条件を解除</translation>
    </message>
    <message>
        <source>Tag…</source>
        <translation>タグ…</translation>
    </message>
    <message>
        <source>Rename, merge or remove the selected tag or category</source>
        <translation>選択中のタグやカテゴリの名前を変更、統合、削除します</translation>
    </message>
    <message>
        <source>Find a tag, artist or folder</source>
        <translation>タグ・アーティスト・フォルダを探す</translation>
    </message>
    <message>
        <source>Click to tick. Right-click to exclude, match any or all, rename, merge or remove.</source>
        <translation>クリックでチェック。右クリックで除外、いずれか／すべて、名前の変更、統合、削除。</translation>
    </message>
</context>
<context>
    <name>FoldersDialog</name>
    <message>
        <source>Folders of the library</source>
        <translation>ライブラリのフォルダ</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>フォルダを追加…</translation>
    </message>
    <message>
        <source>Remove from the library</source>
        <translation>ライブラリから削除</translation>
    </message>
    <message>
        <source>The music in these folders is found and analysed. Your files are never changed.</source>
        <translation>これらのフォルダにある曲を検出して解析します。ファイルは変更しません。</translation>
    </message>
    <message numerus="yes">
        <source>Remove {folder} from the library? The tags and marks of its %Ln track(s) will be deleted.</source>
        <translation>
            <numerusform>{folder} をライブラリから削除しますか？含まれる%Ln曲のタグとマークも削除されます。</numerusform>
        </translation>
    </message>
    <message>
        <source>This cannot be undone. The files themselves are neither moved nor changed.</source>
        <translation>この操作は取り消せません。元のファイルは移動も変更もしません。</translation>
    </message>
</context>
<context>
    <name>GroupRows</name>
    <message>
        <source>opened</source>
        <translation>開いています</translation>
    </message>
    <message>
        <source>folded</source>
        <translation>閉じています</translation>
    </message>
    <message>
        <source>heard</source>
        <translation>試聴済み</translation>
    </message>
    <message>
        <source>Group {number}</source>
        <translation>グループ {number}</translation>
    </message>
    <message>
        <source>1 track</source>
        <translation>1曲</translation>
    </message>
    <message>
        <source>{count} tracks</source>
        <translation>{count}曲</translation>
    </message>
</context>
<context>
    <name>Grouping</name>
    <message>
        <source>None of these tracks has been analysed yet.</source>
        <translation>ここにある曲はまだ解析されていません。</translation>
    </message>
    <message>
        <source>These are too many tracks for groups. Narrow the list to {count} with the filter first.</source>
        <translation>曲が多すぎてグループ分けできません。先に絞り込みで{count}曲以下にしてください。</translation>
    </message>
    <message>
        <source>{next}: one more of each group · {open}: open or fold one · {leave}: back to the list</source>
        <translation>{next}: 各グループの次の曲 · {open}: グループを開く／閉じる · {leave}: 一覧に戻る</translation>
    </message>
    <message>
        <source>not analysed yet: {count}</source>
        <translation>未解析: {count}曲</translation>
    </message>
    <message>
        <source>No group has another track.</source>
        <translation>どのグループにも次の曲はありません。</translation>
    </message>
    <message>
        <source>Press {key} first: it shows the list in groups of tracks that sound alike.</source>
        <translation>先に {key} を押してください。似た音の曲ごとにグループ分けして表示します。</translation>
    </message>
</context>
<context>
    <name>Hearing</name>
    <message>
        <source>{heard} of {total} heard</source>
        <translation>{total}曲中{heard}曲を試聴</translation>
    </message>
    <message>
        <source>No track is selected.</source>
        <translation>曲が選択されていません。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln track(s) marked as not heard</source>
        <translation>
            <numerusform>%Ln曲を未試聴に戻しました</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message>
        <source>{matched} of {rows} rows match a track.</source>
        <translation>{rows}行のうち{matched}行が曲と一致します。</translation>
    </message>
    <message>
        <source>Choose the column that names the files.</source>
        <translation>ファイル名の列を選んでください。</translation>
    </message>
    <message>
        <source>Import a tag list</source>
        <translation>タグ一覧の読み込み</translation>
    </message>
    <message>
        <source>Encoding: {encoding}</source>
        <translation>文字コード: {encoding}</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>読み込む</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>値の例</translation>
    </message>
    <message>
        <source>Import as</source>
        <translation>取り込み先</translation>
    </message>
    <message>
        <source>Column {number}</source>
        <translation>{number}列目</translation>
    </message>
    <message>
        <source>New category</source>
        <translation>新しいカテゴリ</translation>
    </message>
    <message>
        <source>Ignore</source>
        <translation>取り込まない</translation>
    </message>
    <message>
        <source>File</source>
        <translation>ファイル</translation>
    </message>
    <message>
        <source>Folder of the file</source>
        <translation>ファイルのフォルダ</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>タイトル</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>コメント</translation>
    </message>
</context>
<context>
    <name>ImportExport</name>
    <message>
        <source>Export the tags</source>
        <translation>タグ一覧の書き出し</translation>
    </message>
    <message>
        <source>Playlist</source>
        <translation>プレイリスト</translation>
    </message>
    <message>
        <source>Export the shortlist</source>
        <translation>候補リストの書き出し</translation>
    </message>
    <message numerus="yes">
        <source>%Ln track(s) exported to {path}</source>
        <translation>
            <numerusform>%Ln曲を書き出しました: {path}</numerusform>
        </translation>
    </message>
    <message>
        <source>tags</source>
        <comment>name of a file</comment>
        <translation>タグ</translation>
    </message>
    <message>
        <source>shortlist</source>
        <comment>name of a file</comment>
        <translation>候補リスト</translation>
    </message>
</context>
<context>
    <name>ImportReportDialog</name>
    <message>
        <source>Tag list imported</source>
        <translation>タグ一覧を読み込みました</translation>
    </message>
    <message>
        <source>These rows match several tracks. Tick the right one.</source>
        <translation>複数の曲に当てはまる行です。正しい曲にチェックを付けてください。</translation>
    </message>
    <message>
        <source>Line {line}: {text}</source>
        <translation>{line}行目: {text}</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>適用</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) match no track.</source>
        <translation>
            <numerusform>%Ln行に一致する曲がありません。</numerusform>
        </translation>
    </message>
    <message>
        <source>Show these rows</source>
        <translation>行を表示</translation>
    </message>
    <message>
        <source>Copy these rows</source>
        <translation>行をコピー</translation>
    </message>
    <message>
        <source>Save these rows…</source>
        <translation>行を保存…</translation>
    </message>
    <message>
        <source>Save these rows</source>
        <translation>行を保存</translation>
    </message>
</context>
<context>
    <name>Importing</name>
    <message>
        <source>Import a tag list</source>
        <translation>タグ一覧の読み込み</translation>
    </message>
    <message>
        <source>{matched} rows matched a track, {unmatched} did not.</source>
        <translation>{matched}行が曲と一致し、{unmatched}行は一致しませんでした。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more row(s) need attention.</source>
        <translation>
            <numerusform>ほかに%Ln行の確認が必要です。</numerusform>
        </translation>
    </message>
    <message>
        <source>Saved: {path}</source>
        <translation>保存しました: {path}</translation>
    </message>
    <message>
        <source>Reading {name}…</source>
        <translation>{name} を読み込んでいます…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
</context>
<context>
    <name>LibraryFolders</name>
    <message>
        <source>Opening the demo library…</source>
        <translation>デモライブラリを開いています…</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>フォルダを追加</translation>
    </message>
    <message>
        <source>Stopped. The results so far are kept. Press F5 to resume.</source>
        <translation>中止しました。ここまでの結果は保存されています。F5キーで再開できます。</translation>
    </message>
    <message>
        <source>Everything is up to date.</source>
        <translation>変更はありません。</translation>
    </message>
    <message>
        <source>{added} new, {changed} changed, {moved} moved, {missing} missing</source>
        <translation>新しい曲 {added}、変更された曲 {changed}、移動した曲 {moved}、見つからない曲 {missing}</translation>
    </message>
    <message>
        <source>{count} cannot be read</source>
        <translation>読み込めないファイル {count}</translation>
    </message>
    <message>
        <source>Show list</source>
        <translation>一覧を表示</translation>
    </message>
    <message>
        <source>No sound file was found in {folder}.</source>
        <translation>{folder} に音声ファイルが見つかりませんでした。</translation>
    </message>
    <message>
        <source>Files that cannot be read</source>
        <translation>読み込めないファイル</translation>
    </message>
    <message>
        <source>The rest of the library is not affected.</source>
        <translation>ライブラリのほかの曲に影響はありません。</translation>
    </message>
    <message>
        <source>{count} trash or snapshot folders skipped</source>
        <translation>除外したごみ箱・スナップショット {count}</translation>
    </message>
    <message>
        <source>{count} in unsupported sound formats</source>
        <translation>対応していない音声形式 {count}</translation>
    </message>
    <message>
        <source>contains trash, snapshots or caches and was skipped</source>
        <translation>ごみ箱・スナップショット・キャッシュのため除外しました</translation>
    </message>
    <message numerus="yes">
        <source>unsupported sound format, %Ln file(s)</source>
        <translation>
            <numerusform>対応していない音声形式（%Ln個）</numerusform>
        </translation>
    </message>
    <message>
        <source>Not imported</source>
        <translation>取り込まなかったもの</translation>
    </message>
    <message>
        <source>{count} found again</source>
        <translation>再び見つかった曲 {count}</translation>
    </message>
    <message>
        <source>{count} with an unreadable tempo</source>
        <translation>テンポを読み取れない曲 {count}</translation>
    </message>
    <message>
        <source>its tags contain a tempo that cannot be read:</source>
        <translation>タグのテンポを読み取れません:</translation>
    </message>
</context>
<context>
    <name>Listening</name>
    <message>
        <source>Find similar tracks first. Then press B to switch between the track and the reference.</source>
        <translation>先に似た曲を探してください。その後、Bキーで曲とリファレンスを切り替えられます。</translation>
    </message>
    <message>
        <source>Playing through JACK, as no other sound device was found.</source>
        <translation>ほかにサウンドデバイスがないため、JACKで再生します。</translation>
    </message>
    <message>
        <source>Sound: {reason}</source>
        <translation>音声出力: {reason}</translation>
    </message>
    <message>
        <source>In {in}</source>
        <translation>開始 {in}</translation>
    </message>
    <message>
        <source>Out {out}</source>
        <translation>終了 {out}</translation>
    </message>
    <message>
        <source>No track is selected.</source>
        <translation>曲が選択されていません。</translation>
    </message>
    <message>
        <source>Section {in} – {out}</source>
        <translation>区間 {in} – {out}</translation>
    </message>
    <message>
        <source>Press {find} to find similar tracks, {loop} to loop it, {clear} to clear it.</source>
        <translation>{find} で似た曲を探し、{loop} でループ、{clear} で解除します。</translation>
    </message>
    <message>
        <source>Nothing is playing.</source>
        <translation>再生中の曲はありません。</translation>
    </message>
    <message>
        <source>Not in this list: {title}</source>
        <translation>この一覧にはありません: {title}</translation>
    </message>
    <message>
        <source>The highlight is not known yet. It plays as soon as the track has been read.</source>
        <translation>ハイライトを解析中です。曲の読み込みが済みしだい再生します。</translation>
    </message>
    <message>
        <source>The player stopped unexpectedly and was started again.</source>
        <translation>再生が予期せず停止したため、自動的に再開しました。</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Menu</source>
        <translation>メニュー</translation>
    </message>
    <message>
        <source>Search words</source>
        <translation>キーワード</translation>
    </message>
    <message>
        <source>Tracks</source>
        <translation>曲の一覧</translation>
    </message>
    <message>
        <source>Find similar</source>
        <translation>似た曲を探す</translation>
    </message>
    <message>
        <source>Search by file…</source>
        <translation>ファイルから探す…</translation>
    </message>
    <message>
        <source>Shortlist</source>
        <translation>候補リスト</translation>
    </message>
    <message>
        <source>Title, artist, comment, tag, file or folder name</source>
        <translation>タイトル、アーティスト、コメント、タグ、ファイル名、フォルダ名で検索</translation>
    </message>
    <message>
        <source>Add folder…</source>
        <translation>フォルダを追加…</translation>
    </message>
    <message>
        <source>Auto-play</source>
        <translation>自動再生</translation>
    </message>
    <message>
        <source>Waveform</source>
        <translation>波形</translation>
    </message>
    <message>
        <source>Mel spectrogram</source>
        <translation>メルスペクトログラム</translation>
    </message>
</context>
<context>
    <name>Menu</name>
    <message>
        <source>Library</source>
        <translation>ライブラリ</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>検索</translation>
    </message>
    <message>
        <source>Track</source>
        <translation>曲</translation>
    </message>
    <message>
        <source>Playback</source>
        <translation>再生</translation>
    </message>
    <message>
        <source>Brief</source>
        <translation>案件</translation>
    </message>
</context>
<context>
    <name>NoteDialog</name>
    <message>
        <source>Note</source>
        <translation>メモ</translation>
    </message>
    <message>
        <source>Several notes: what you write replaces them all</source>
        <translation>メモが複数あります。入力するとすべて置き換わります</translation>
    </message>
</context>
<context>
    <name>PlayerBar</name>
    <message>
        <source>Reference: {title}</source>
        <translation>リファレンス: {title}</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>一時停止</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>再生</translation>
    </message>
    <message>
        <source>Position and length</source>
        <translation>再生位置と長さ</translation>
    </message>
    <message>
        <source>No sound device</source>
        <translation>音声出力デバイスなし</translation>
    </message>
    <message>
        <source>There is no sound device. Connect one, or choose one in the settings.</source>
        <translation>音声出力デバイスがありません。接続するか、設定で選んでください。</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>音量</translation>
    </message>
    <message>
        <source>Play / pause (Space)</source>
        <translation>再生 / 一時停止 (Space)</translation>
    </message>
    <message>
        <source>Volume {percent} %</source>
        <translation>音量 {percent}%</translation>
    </message>
</context>
<context>
    <name>ProgressPanel</name>
    <message>
        <source>Searching for files…</source>
        <translation>ファイルを検索しています…</translation>
    </message>
    <message>
        <source>Paused at {done} / {total}</source>
        <translation>一時停止中 {done} / {total}</translation>
    </message>
    <message>
        <source>Analysing BPM, loudness, sections {done} / {total}</source>
        <translation>BPM・音量・区間を解析中 {done} / {total}</translation>
    </message>
    <message>
        <source>Analysing {done} / {total}</source>
        <translation>音を解析中 {done} / {total}</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>一時停止</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>再開</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>中止</translation>
    </message>
    <message>
        <source>The results so far are kept; the rest is analysed at the next scan (F5)</source>
        <translation>ここまでの結果は保存されます。残りは次回の確認 (F5) で解析します</translation>
    </message>
    <message>
        <source>Progress of the analysis</source>
        <translation>解析の進行状況</translation>
    </message>
</context>
<context>
    <name>QAbstractFileIconProvider</name>
    <message>
        <source>Drive</source>
        <translation>ドライブ</translation>
    </message>
    <message>
        <source>File</source>
        <translation>ファイル</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>フォルダ</translation>
    </message>
    <message>
        <source>Shortcut</source>
        <translation>ショートカット</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>不明</translation>
    </message>
    <message>
        <source>%1 File</source>
        <translation>%1 ファイル</translation>
    </message>
</context>
<context>
    <name>QFileDialog</name>
    <message>
        <source>&amp;Look in:</source>
        <translation>場所(&amp;L):</translation>
    </message>
    <message>
        <source>Files of &amp;type:</source>
        <translation>ファイルの種類(&amp;T):</translation>
    </message>
</context>
<context>
    <name>RangeBox</name>
    <message>
        <source>{name} from</source>
        <translation>{name}の下限</translation>
    </message>
    <message>
        <source>{name} to</source>
        <translation>{name}の上限</translation>
    </message>
    <message>
        <source>{name}: strict limits</source>
        <translation>{name}: 範囲外の曲を表示しない</translation>
    </message>
    <message>
        <source>Strict: tracks beyond these limits are in no list. Click to list them outside the filter.</source>
        <translation>範囲外の曲はどの一覧にも表示しません。クリックすると「絞り込みに合わない曲」に表示します。</translation>
    </message>
    <message>
        <source>Open: tracks beyond these limits are listed outside the filter. Click to leave them out.</source>
        <translation>範囲外の曲も「絞り込みに合わない曲」に表示します。クリックするとどの一覧にも表示しません。</translation>
    </message>
</context>
<context>
    <name>RankingRows</name>
    <message>
        <source>Inside your filter</source>
        <translation>絞り込みに合う曲</translation>
    </message>
    <message>
        <source>Outside your filter</source>
        <translation>絞り込みに合わない曲</translation>
    </message>
    <message>
        <source>the best {count}</source>
        <translation>上位{count}曲</translation>
    </message>
</context>
<context>
    <name>Reason</name>
    <message>
        <source>no longer exists</source>
        <translation>ファイルが見つかりません</translation>
    </message>
    <message>
        <source>is a folder</source>
        <translation>ファイルではなくフォルダです</translation>
    </message>
    <message>
        <source>is empty</source>
        <translation>ファイルが空です</translation>
    </message>
    <message>
        <source>is a device or a pipe, not a file</source>
        <translation>通常のファイルではありません（デバイスまたはパイプ）</translation>
    </message>
    <message>
        <source>has an invalid file name</source>
        <translation>ファイル名として使用できない名前です</translation>
    </message>
    <message>
        <source>contains no sound</source>
        <translation>音声が含まれていません</translation>
    </message>
    <message>
        <source>is not a supported sound file</source>
        <translation>対応していない形式か、音声ファイルではありません</translation>
    </message>
    <message>
        <source>makes the decoder crash or hang</source>
        <translation>デコード処理が異常終了したか、応答しなくなりました</translation>
    </message>
    <message>
        <source>does not respond: its drive or network share may be asleep or disconnected</source>
        <translation>応答がありません（ドライブやネットワーク共有が停止中か、切断されている可能性があります）</translation>
    </message>
    <message>
        <source>needs more memory than is available</source>
        <translation>メモリが足りず処理できませんでした</translation>
    </message>
    <message>
        <source>contains no sound in the marked section</source>
        <translation>指定した区間に音声が含まれていません</translation>
    </message>
    <message>
        <source>cannot be used: its disk is full</source>
        <translation>使用できません（ディスクの空き容量がありません）</translation>
    </message>
    <message>
        <source>cannot be used: its folder or disk is read-only</source>
        <translation>使用できません（フォルダまたはディスクが読み取り専用です）</translation>
    </message>
    <message>
        <source>cannot be opened: its folder does not exist and cannot be created</source>
        <translation>開けません（フォルダがなく、作成もできません）</translation>
    </message>
    <message>
        <source>is gone</source>
        <translation>見つかりません</translation>
    </message>
    <message>
        <source>belongs to another program and was left unchanged</source>
        <translation>別のアプリのデータベースです（変更していません）</translation>
    </message>
    <message>
        <source>was made by a newer version of BGM Finder and was left unchanged: update the app to open it</source>
        <translation>新しいバージョンの BGM Finder で作成されたため、開いていません（変更していません）。開くにはアプリを更新してください</translation>
    </message>
    <message>
        <source>does not fit the network of this version</source>
        <translation>このバージョンの解析モデルに対応していません</translation>
    </message>
    <message>
        <source>is damaged: its checksum does not match</source>
        <translation>ファイルが破損しています（チェックサムの不一致）</translation>
    </message>
    <message>
        <source>the column {column} is skipped: another column holds the same</source>
        <translation>列「{column}」は他の列と重複するため読み込みませんでした</translation>
    </message>
    <message>
        <source>the file format is skipped: it is read from the files themselves</source>
        <translation>ファイル形式の列は読み込みませんでした（ファイル自体から判定します）</translation>
    </message>
    <message>
        <source>has a quotation mark that is never closed: this row and all below it are skipped</source>
        <translation>引用符が閉じられていないため、この行以降は読み込みませんでした</translation>
    </message>
    <message>
        <source>does not name a file</source>
        <translation>ファイル名がありません</translation>
    </message>
    <message>
        <source>names {file} again; line {other} is used</source>
        <translation>「{file}」が重複しています（{other}行目を使いました）</translation>
    </message>
    <message>
        <source>{file} matches {count} tracks: {some}</source>
        <translation>「{file}」に当てはまる曲が{count}曲あります: {some}</translation>
    </message>
    <message>
        <source>{file} is the same track as in line {other}</source>
        <translation>「{file}」は{other}行目と同じ曲です</translation>
    </message>
    <message>
        <source>no track is named {file}</source>
        <translation>「{file}」という曲はライブラリにありません</translation>
    </message>
    <message>
        <source>contains only silence</source>
        <translation>無音のみで、似た曲を探せません</translation>
    </message>
    <message>
        <source>has a header but no rows</source>
        <translation>見出しだけで、データの行がありません</translation>
    </message>
    <message>
        <source>is too large for a tag list: split it into smaller ones</source>
        <translation>タグ一覧として大きすぎます。分割してください</translation>
    </message>
    <message>
        <source>is an Excel workbook: save it there as CSV UTF-8, and import that</source>
        <translation>Excelのブックです。Excelで「CSV UTF-8」として保存してから読み込んでください</translation>
    </message>
    <message>
        <source>is a Numbers document: export it there as CSV, and import that</source>
        <translation>Numbersの書類です。NumbersでCSVに書き出してから読み込んでください</translation>
    </message>
    <message>
        <source>is an OpenDocument spreadsheet: save it there as CSV, and import that</source>
        <translation>OpenDocumentの表計算ファイルです。CSVとして保存してから読み込んでください</translation>
    </message>
    <message>
        <source>is a PDF document, not a CSV file</source>
        <translation>PDFです。CSVファイルではありません</translation>
    </message>
    <message>
        <source>is a rich text document, not a CSV file</source>
        <translation>書式付きテキストです。CSVファイルではありません</translation>
    </message>
    <message>
        <source>is compressed: unpack it first</source>
        <translation>圧縮されています。先に展開してください</translation>
    </message>
    <message>
        <source>is a web page: save it there as CSV</source>
        <translation>ウェブページです。元のサイトでCSVとして保存してください</translation>
    </message>
    <message>
        <source>is an XML or plist file: export the list as CSV or plain text</source>
        <translation>XMLまたはplistファイルです。CSVかテキストとして書き出してください</translation>
    </message>
    <message>
        <source>{text} is not a tempo in beats per minute</source>
        <translation>「{text}」はBPMとして読めません</translation>
    </message>
    <message>
        <source>contains bytes that are not text; they were removed or replaced</source>
        <translation>文字として読めないバイトがあります。取り除くか置き換えて読みました</translation>
    </message>
    <message>
        <source>was not found</source>
        <translation>見つかりません</translation>
    </message>
    <message>
        <source>you have no permission to read it</source>
        <translation>読み取り権限がありません</translation>
    </message>
    <message>
        <source>cannot be read ({system})</source>
        <translation>読み込めません（{system}）</translation>
    </message>
    <message>
        <source>does not exist; to create it: bgm-finder {command}</source>
        <translation>見つかりません。作成するには: bgm-finder {command}</translation>
    </message>
    <message>
        <source>cannot be updated to this version and was left unchanged ({error})</source>
        <translation>新しい形式に更新できませんでした（変更していません）（{error}）</translation>
    </message>
    <message>
        <source>is open, or was not closed properly, and was left unchanged: copy to another name</source>
        <translation>使用中か、正常に閉じられていないため、変更していません。別の名前でコピーしてください</translation>
    </message>
    <message>
        <source>contains manual edits of its own and was left unchanged: copy to another name</source>
        <translation>手作業での編集が含まれているため、変更していません。別の名前でコピーしてください</translation>
    </message>
    <message>
        <source>is not one of the folders of this library: {folders}</source>
        <translation>このライブラリに登録されたフォルダではありません（登録済み: {folders}）</translation>
    </message>
    <message>
        <source>is not one of the folders of this library: there is none yet</source>
        <translation>このライブラリに登録されたフォルダではありません（まだ何も登録されていません）</translation>
    </message>
    <message>
        <source>overlaps with another folder of the library, {folder}</source>
        <translation>ライブラリの別のフォルダ「{folder}」と重なっています</translation>
    </message>
    <message>
        <source>is not a safetensors file</source>
        <translation>safetensors 形式のファイルではありません</translation>
    </message>
    <message>
        <source>has no {fact} known to this version</source>
        <translation>このバージョンで使える「{fact}」の情報がありません</translation>
    </message>
    <message>
        <source>is damaged: the rest of its sound cannot be read</source>
        <translation>ファイルが破損しているため、この先の音声を読み込めません</translation>
    </message>
    <message>
        <source>has an invalid header ({channels} channels at {rate_hz} Hz)</source>
        <translation>ヘッダーの内容が不正です（{channels}チャンネル、{rate_hz} Hz）</translation>
    </message>
    <message>
        <source>caused an internal error; see the log</source>
        <translation>アプリの内部エラーが発生しました（詳細はログにあります）</translation>
    </message>
    <message>
        <source>can be read, but its picture cannot be written ({system})</source>
        <translation>音声は読み込めましたが、画像を保存できません（{system}）</translation>
    </message>
    <message>
        <source>cannot continue: a drive that does not respond, too little memory or a damaged installation may be the cause</source>
        <translation>解析を続けられません。ドライブの応答がない、メモリが足りない、アプリのファイルが壊れている、などの可能性があります</translation>
    </message>
    <message>
        <source>cannot be read; another version of the app noted: {text}</source>
        <translation>読み込めません（別のバージョンのアプリによる記録: {text}）</translation>
    </message>
    <message>
        <source>has no column called file, ファイル名, id or 曲ID: rename a column, or choose it in the window; the header was read as ({header})</source>
        <translation>ファイルを示す列（file、ファイル名、id、曲ID のいずれか）がありません。列の名前を変えるか、取り込み画面で列を選んでください。読み取った見出し: {header}</translation>
    </message>
    <message>
        <source>is broken ({error})</source>
        <translation>壊れています（{error}）</translation>
    </message>
    <message>
        <source>is not text in a known encoding: save it as CSV UTF-8 and import that (tried: {encodings})</source>
        <translation>文字コードを判別できません。CSV UTF-8で保存し直してから読み込んでください（試した文字コード: {encodings}）</translation>
    </message>
    <message>
        <source>may be in one of several encodings ({encodings})</source>
        <translation>文字コードの候補が複数あります（{encodings}）</translation>
    </message>
    <message>
        <source>cannot be read as text in this encoding ({encoding})</source>
        <translation>この文字コードでは読めません（{encoding}）</translation>
    </message>
    <message>
        <source>cannot be read: the encoding is unknown ({encoding})</source>
        <translation>指定された文字コードは使えません（{encoding}）</translation>
    </message>
    <message>
        <source>cannot be opened ({error})</source>
        <translation>開けません（{error}）</translation>
    </message>
    <message>
        <source>cannot be used ({error})</source>
        <translation>使用できません（{error}）</translation>
    </message>
    <message>
        <source>is damaged or not a catalogue ({error})</source>
        <translation>破損しているか、カタログではありません（{error}）</translation>
    </message>
    <message>
        <source>is damaged; its backup will be opened at the next start ({error})</source>
        <translation>破損しています。次回起動時にバックアップを開きます（{error}）</translation>
    </message>
    <message>
        <source>is not one of the networks: {networks}</source>
        <translation>使用できる解析モデルではありません（使用可能: {networks}）</translation>
    </message>
    <message>
        <source>is damaged</source>
        <translation>ファイルが破損しています</translation>
    </message>
    <message>
        <source>belongs to a training on other tracks, tags or options</source>
        <translation>別の曲・タグ・設定による学習の途中データです</translation>
    </message>
    <message>
        <source>the sound device cannot be opened ({error})</source>
        <translation>デバイスを開けません（{error}）</translation>
    </message>
    <message>
        <source>the sound device cannot be started ({error})</source>
        <translation>デバイスで再生を開始できません（{error}）</translation>
    </message>
    <message>
        <source>the sound device was disconnected ({device})</source>
        <translation>音声デバイスが切断されました（{device}）</translation>
    </message>
    <message>
        <source>the sound device does not respond ({device})</source>
        <translation>音声デバイスが応答しません（{device}）</translation>
    </message>
    <message>
        <source>the sound device was not found ({device})</source>
        <translation>音声デバイスが見つかりません（{device}）</translation>
    </message>
    <message>
        <source>the sound library is missing ({error})</source>
        <translation>必要なライブラリが見つかりません（{error}）</translation>
    </message>
    <message>
        <source>at {address} is neither on this computer nor reached over TLS: whoever reaches a Dask cluster, or listens in, can run any program on it, so elsewhere only tls:// addresses are used</source>
        <translation>{address} は、このコンピュータ上にもなく、TLS 接続でもありません。Dask のクラスタに接続できる人や通信を傍受できる人は任意のプログラムを実行できるため、外部では tls:// のアドレスだけを使います</translation>
    </message>
    <message>
        <source>needs the package distributed: pip install &apos;bgm-finder[cluster]&apos;</source>
        <translation>パッケージ distributed が必要です: pip install &apos;bgm-finder[cluster]&apos;</translation>
    </message>
    <message>
        <source>needs a certificate: set Dask&apos;s distributed.comm.tls.ca-file and tls.client.cert and key</source>
        <translation>証明書が必要です。Dask の設定 distributed.comm.tls.ca-file と tls.client.cert、key を指定してください</translation>
    </message>
    <message>
        <source>at {address} does not respond ({error})</source>
        <translation>{address} が応答しません（{error}）</translation>
    </message>
    <message>
        <source>has a worker on {host} with the network {network} instead of {name}</source>
        <translation>{host} のワーカーの解析モデル {network} が {name} と異なります</translation>
    </message>
    <message>
        <source>has a worker on {host} that does not see {file}; all must find it at the same path</source>
        <translation>{host} のワーカーから {file} が見えません。すべてのワーカーで同じパスに置いてください</translation>
    </message>
    <message>
        <source>the disk is full</source>
        <translation>ディスクの空き容量がありません</translation>
    </message>
    <message>
        <source>your disk quota is used up</source>
        <translation>ディスクの使用量が割り当ての上限に達しました</translation>
    </message>
    <message>
        <source>the disk is read-only</source>
        <translation>ディスクが読み取り専用です</translation>
    </message>
    <message>
        <source>you have no permission to do this</source>
        <translation>この操作を行う権限がありません</translation>
    </message>
    <message>
        <source>the system does not allow this</source>
        <translation>この操作はシステムで許可されていません</translation>
    </message>
    <message>
        <source>there is no such file or folder</source>
        <translation>ファイルまたはフォルダが見つかりません</translation>
    </message>
    <message>
        <source>part of its path is not a folder</source>
        <translation>パスの一部がフォルダではありません</translation>
    </message>
    <message>
        <source>it is a folder</source>
        <translation>ファイルではなくフォルダです</translation>
    </message>
    <message>
        <source>an input/output error occurred</source>
        <translation>入出力エラーが発生しました</translation>
    </message>
    <message>
        <source>it does not respond; its drive or network share may be asleep or disconnected</source>
        <translation>応答がありません。ドライブやネットワーク共有が停止中か、切断されている可能性があります</translation>
    </message>
    <message>
        <source>the name is too long</source>
        <translation>名前が長すぎます</translation>
    </message>
    <message>
        <source>the network share has changed</source>
        <translation>ネットワーク共有の内容が変わりました</translation>
    </message>
    <message>
        <source>the drive is not connected</source>
        <translation>ドライブが接続されていません</translation>
    </message>
    <message>
        <source>the network share is switched off</source>
        <translation>ネットワーク共有の電源が切れています</translation>
    </message>
    <message>
        <source>the network share cannot be reached</source>
        <translation>ネットワーク共有に接続できません</translation>
    </message>
    <message>
        <source>the drive was removed</source>
        <translation>ドライブが見つかりません</translation>
    </message>
    <message>
        <source>there is no such device</source>
        <translation>該当するデバイスがありません</translation>
    </message>
    <message>
        <source>another program is using it</source>
        <translation>別のアプリが使用中です</translation>
    </message>
    <message>
        <source>too many files are open</source>
        <translation>開いているファイルが多すぎます</translation>
    </message>
    <message>
        <source>its links form a loop</source>
        <translation>リンクが循環しています</translation>
    </message>
    <message>
        <source>is skipped: it has more cells than the header, so a text with a separator may lack quotation marks</source>
        <translation>この行は読み込みませんでした。セルの数が見出しより多く、区切り文字を含む文字列が引用符で囲まれていない可能性があります</translation>
    </message>
    <message>
        <source>is skipped: its quotation marks do not show where a cell ends</source>
        <translation>この行は読み込みませんでした。引用符の位置からセルの区切りを判断できません</translation>
    </message>
    <message>
        <source>is not a brief of BGM Finder, or is damaged</source>
        <translation>BGM Finder の案件ファイルではないか、壊れています</translation>
    </message>
    <message>
        <source>is a brief of a newer version of BGM Finder: update the app to open it</source>
        <translation>新しいバージョンの BGM Finder の案件です。開くにはアプリを更新してください</translation>
    </message>
    <message>
        <source>is not there; the briefs of this library are: {names}</source>
        <translation>見つかりません。このライブラリの案件: {names}</translation>
    </message>
    <message>
        <source>is not clear: {count} briefs have this name</source>
        <translation>この名前の案件が {count} 件あり、どれか特定できません</translation>
    </message>
    <message>
        <source>can be read, but its copy cannot be written ({system})</source>
        <translation>は読み取れますが、コピーを書き込めません（{system}）</translation>
    </message>
    <message>
        <source>is shorter than one frame of the timeline</source>
        <translation>はタイムラインの1フレームより短い曲です</translation>
    </message>
    <message>
        <source>a pattern for file names cannot use {field}; it can use {fields}</source>
        <translation>ファイル名に {field} は使えません。使えるのは {fields} です</translation>
    </message>
    <message>
        <source>the file is too large for this disk</source>
        <translation>ファイルがこのディスクには大きすぎます</translation>
    </message>
</context>
<context>
    <name>ReferenceChips</name>
    <message>
        <source>Remove</source>
        <translation>外す</translation>
    </message>
    <message>
        <source>not like: {title}</source>
        <translation>遠ざける: {title}</translation>
    </message>
    <message>
        <source>from marks: {count} kept</source>
        <translation>学習: キープ {count}曲</translation>
    </message>
    <message>
        <source>from marks: {count} rejected</source>
        <translation>学習: 不採用 {count}曲</translation>
    </message>
    <message>
        <source>Remove all</source>
        <translation>すべて外す</translation>
    </message>
    <message>
        <source>Remove {title}</source>
        <translation>「{title}」を外す</translation>
    </message>
    <message>
        <source>Change the weight, or remove it</source>
        <translation>重みを変える、または外す</translation>
    </message>
    <message>
        <source>Weight {weight}</source>
        <translation>重み {weight}</translation>
    </message>
</context>
<context>
    <name>ReferencePanel</name>
    <message>
        <source> + </source>
        <translation> + </translation>
    </message>
    <message>
        <source>searching…</source>
        <translation>検索中…</translation>
    </message>
    <message>
        <source>{inside} inside the filter, {outside} outside</source>
        <translation>合う曲 {inside}、合わない曲 {outside}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln track(s)</source>
        <translation>
            <numerusform>%Ln曲</numerusform>
        </translation>
    </message>
    <message>
        <source>Similar to</source>
        <translation>リファレンス:</translation>
    </message>
    <message>
        <source>Play the reference (B switches between it and the track)</source>
        <translation>リファレンスを再生（Bキーで曲と切り替え）</translation>
    </message>
    <message>
        <source>Play the reference</source>
        <translation>リファレンスを再生</translation>
    </message>
    <message>
        <source>Back to the list (Esc)</source>
        <translation>一覧に戻る (Esc)</translation>
    </message>
    <message>
        <source>Close the search</source>
        <translation>検索を閉じる</translation>
    </message>
    <message>
        <source>Shown results</source>
        <translation>表示する結果</translation>
    </message>
    <message>
        <source>Choose which results to show</source>
        <translation>表示する結果を選択</translation>
    </message>
    <message>
        <source>Inside, then outside the filter</source>
        <translation>合う曲、合わない曲の順</translation>
    </message>
    <message>
        <source>Inside the filter only</source>
        <translation>合う曲のみ</translation>
    </message>
    <message>
        <source>Outside the filter only</source>
        <translation>合わない曲のみ</translation>
    </message>
    <message>
        <source>All in one ranking</source>
        <translation>区別せずに表示</translation>
    </message>
    <message>
        <source>Tracks of one artist or folder</source>
        <translation>アーティスト・フォルダごとの曲数</translation>
    </message>
    <message>
        <source>Choose how many tracks of one artist or folder are listed</source>
        <translation>同じアーティストやフォルダの曲を何曲まで並べるか選びます</translation>
    </message>
    <message>
        <source>At most {count} per artist</source>
        <translation>アーティストごとに{count}曲まで</translation>
    </message>
    <message>
        <source>At most {count} per folder</source>
        <translation>フォルダごとに{count}曲まで</translation>
    </message>
    <message>
        <source>Any number per artist</source>
        <translation>曲数の制限なし</translation>
    </message>
    <message>
        <source>{count} unreadable</source>
        <translation>読み込めない曲 {count}</translation>
    </message>
    <message>
        <source>{count} missing</source>
        <translation>見つからない曲 {count}</translation>
    </message>
    <message>
        <source>{count} not analysed yet</source>
        <translation>未解析の曲 {count}</translation>
    </message>
    <message>
        <source>Show list</source>
        <translation>一覧を表示</translation>
    </message>
    <message>
        <source>List the tracks that cannot be compared, and why</source>
        <translation>比較できない曲とその理由の一覧を表示</translation>
    </message>
    <message>
        <source>Better order: {count} changed ({key})</source>
        <translation>新しい順序: {count}曲が変わります（{key}）</translation>
    </message>
    <message>
        <source>What was analysed since changes the order; it stays until you ask for it</source>
        <translation>その後の解析で順序が変わりました。押すまで今の順序のままです</translation>
    </message>
    <message>
        <source>nothing really close</source>
        <translation>近い曲はありません</translation>
    </message>
    <message>
        <source>nothing really close inside the filter</source>
        <translation>絞り込み内に近い曲はありません</translation>
    </message>
    <message>
        <source>sections known for {known} of {all}</source>
        <translation>区間を解析済み {known} / {all}曲</translation>
    </message>
</context>
<context>
    <name>Refining</name>
    <message>
        <source>Rejected. To search away from a track, search first: press {key} on one that is nearly right.</source>
        <translation>不採用にしました。似た曲を遠ざけるには、先にイメージに近い曲で {key} を押して検索してください。</translation>
    </message>
    <message>
        <source>The next search goes towards what you kept, and away from what you rejected.</source>
        <translation>次の検索から、キープした曲に近く、不採用の曲から遠い順に並べます。</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>Copy</source>
        <translation>コピー</translation>
    </message>
</context>
<context>
    <name>Saving</name>
    <message>
        <source>{name} already exists. Replace it?</source>
        <translation>{name}は既にあります。置き換えますか？</translation>
    </message>
</context>
<context>
    <name>Searching</name>
    <message>
        <source>You can search by up to {count} tracks at once.</source>
        <translation>類似検索に使える曲は{count}曲までです。</translation>
    </message>
    <message>
        <source>Select a track first, or drop a file on the window.</source>
        <translation>曲を選択するか、ファイルをウィンドウにドロップしてください。</translation>
    </message>
    <message>
        <source>Mark a section first: press I at its start and O at its end.</source>
        <translation>先に区間を指定してください（Iキーで始点、Oキーで終点）。</translation>
    </message>
    <message>
        <source>Choose files to search by</source>
        <translation>基準にするファイルを選択</translation>
    </message>
    <message>
        <source>Sound and video</source>
        <translation>音声・動画ファイル</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>すべてのファイル</translation>
    </message>
    <message>
        <source>There is no file or folder on the clipboard.</source>
        <translation>クリップボードにファイルやフォルダがありません。</translation>
    </message>
    <message>
        <source>No track is within these limits</source>
        <translation>この範囲に収まる曲がありません</translation>
    </message>
    <message>
        <source>Tracks beyond the length and BPM of the filter are in no list.</source>
        <translation>絞り込みの長さとBPMの範囲を外れた曲は、どの一覧にも表示されません。</translation>
    </message>
    <message>
        <source>Nothing to compare with yet</source>
        <translation>まだ比べる曲がありません</translation>
    </message>
    <message>
        <source>Tracks appear in the ranking as they are analysed.</source>
        <translation>解析が済んだ曲から順にランキングに加わります。</translation>
    </message>
    <message>
        <source>Nothing to compare with</source>
        <translation>比べる曲がありません</translation>
    </message>
    <message>
        <source>There are no other tracks here.</source>
        <translation>この範囲にはほかの曲がありません。</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>一覧に戻る</translation>
    </message>
    <message>
        <source>Remove “{condition}”</source>
        <translation>「{condition}」を外す</translation>
    </message>
    <message>
        <source>Show all matches</source>
        <translation>すべての結果を表示</translation>
    </message>
    <message>
        <source>was missing at the last scan</source>
        <translation>前回の確認時に見つかりませんでした</translation>
    </message>
    <message>
        <source>Tracks that cannot be compared</source>
        <translation>比較できない曲</translation>
    </message>
    <message>
        <source>Once the files are back and readable, press F5 to check them again.</source>
        <translation>ファイルを元に戻すか読めるようにしてからF5キーを押すと、もう一度確認します。</translation>
    </message>
</context>
<context>
    <name>SectionHandle</name>
    <message>
        <source>Drag the marked section into your editing software, or click to copy it (WAV)</source>
        <translation>区間を編集ソフトへドラッグするか、クリックでコピーします（WAV）</translation>
    </message>
    <message>
        <source>The marked section as a file</source>
        <translation>区間のファイル</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>System default</source>
        <translation>システムに合わせる</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>言語</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外観</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>ダーク</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>ライト</translation>
    </message>
    <message>
        <source>Play search results from the most similar passage</source>
        <translation>検索結果は最も似ている箇所から再生する</translation>
    </message>
    <message>
        <source>Write file names to the log (from the next start)</source>
        <translation>ログにファイル名を書き込む（次回の起動から）</translation>
    </message>
    <message>
        <source>Sound device</source>
        <translation>音声出力デバイス</translation>
    </message>
    <message>
        <source>Standard (recommended)</source>
        <translation>標準（推奨）</translation>
    </message>
    <message>
        <source>Instrument classifier (after the NNC Challenge article)</source>
        <translation>楽器分類モデル（NNC Challengeの記事による）</translation>
    </message>
    <message>
        <source>Similarity model</source>
        <translation>類似度のモデル</translation>
    </message>
    <message>
        <source>If you change the model, all tracks are analysed again at the next start.</source>
        <translation>モデルを変更すると、次回の起動時にすべての曲を解析し直します。</translation>
    </message>
    <message>
        <source>Play tracks when selected</source>
        <translation>選択した曲を自動再生</translation>
    </message>
    <message>
        <source>Continue with the next track at the end</source>
        <translation>再生が終わったら次の曲へ進む</translation>
    </message>
    <message>
        <source>Heard after</source>
        <translation>試聴済みとする時間</translation>
    </message>
    <message>
        <source> s</source>
        <translation> 秒</translation>
    </message>
</context>
<context>
    <name>Sharing</name>
    <message>
        <source>BGM Finder (read only)</source>
        <translation>BGM Finder（閲覧のみ）</translation>
    </message>
    <message>
        <source>This library is open in another window. Here you can listen and search; to edit, close the other window.</source>
        <translation>このライブラリは別のウィンドウで開かれています。ここでは試聴と検索ができます。編集するには、もう一方を閉じてください。</translation>
    </message>
    <message>
        <source>The other window was closed. You can now edit the library here.</source>
        <translation>もう一方のウィンドウが閉じられました。このウィンドウでライブラリを編集できます。</translation>
    </message>
    <message>
        <source>This window is read-only: it was opened with --read-only.</source>
        <translation>このウィンドウは閲覧専用です（--read-onlyで開かれています）。</translation>
    </message>
</context>
<context>
    <name>ShortcutsSheet</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>キーボードショートカット</translation>
    </message>
    <message>
        <source>Commands and their keys</source>
        <translation>コマンドとキー</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>キー</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>新しいキー</translation>
    </message>
    <message>
        <source>Use this key</source>
        <translation>このキーを割り当て</translation>
    </message>
    <message>
        <source>Reset all keys</source>
        <translation>すべて初期設定に戻す</translation>
    </message>
    <message>
        <source>Choose a command, then press its new key here:</source>
        <translation>操作を選択し、下の欄で新しいキーを押してください:</translation>
    </message>
    <message>
        <source>Lists use {key} themselves. Choose another key.</source>
        <translation>{key} は一覧の操作に使うキーです。別のキーを選んでください。</translation>
    </message>
    <message>
        <source>Changed.</source>
        <translation>変更しました。</translation>
    </message>
    <message>
        <source>This key is already used for: {command}</source>
        <translation>このキーはすでに割り当てられています: {command}</translation>
    </message>
    <message>
        <source>The change applies until you close the app, but could not be saved: {error}</source>
        <translation>アプリを閉じるまでは有効ですが、保存できません: {error}</translation>
    </message>
    <message>
        <source>All keys have been reset.</source>
        <translation>すべてのキーを初期設定に戻しました。</translation>
    </message>
</context>
<context>
    <name>SoundTrack</name>
    <message>
        <source>Japanese</source>
        <translation>日本語</translation>
    </message>
    <message>
        <source>English</source>
        <translation>英語</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>中国語</translation>
    </message>
    <message>
        <source>Korean</source>
        <translation>韓国語</translation>
    </message>
    <message>
        <source>French</source>
        <translation>フランス語</translation>
    </message>
    <message>
        <source>German</source>
        <translation>ドイツ語</translation>
    </message>
    <message>
        <source>Spanish</source>
        <translation>スペイン語</translation>
    </message>
    <message>
        <source>Italian</source>
        <translation>イタリア語</translation>
    </message>
    <message>
        <source>Portuguese</source>
        <translation>ポルトガル語</translation>
    </message>
    <message>
        <source>Russian</source>
        <translation>ロシア語</translation>
    </message>
    <message>
        <source>mono</source>
        <translation>モノラル</translation>
    </message>
    <message>
        <source>stereo</source>
        <translation>ステレオ</translation>
    </message>
    <message>
        <source>{language}, {kind}</source>
        <translation>{language}音声、{kind}</translation>
    </message>
    <message>
        <source>{count} channels</source>
        <translation>{count}チャンネル</translation>
    </message>
</context>
<context>
    <name>SoundTracks</name>
    <message>
        <source>Sound track</source>
        <translation>音声トラック</translation>
    </message>
    <message>
        <source>Switched to another sound track. Press {key} to undo.</source>
        <translation>別の音声トラックに切り替えました。{key} で元に戻せます。</translation>
    </message>
</context>
<context>
    <name>SpectrogramView</name>
    <message>
        <source>Press ↓ to play the next track and see its spectrogram here</source>
        <translation>↓キーを押すと次の曲が再生され、ここにスペクトログラムが表示されます</translation>
    </message>
</context>
<context>
    <name>StatisticsDialog</name>
    <message>
        <source>Tag statistics</source>
        <translation>タグの統計</translation>
    </message>
    <message numerus="yes">
        <source>%Ln track(s), {untagged} without tags</source>
        <translation>
            <numerusform>全%Ln曲（うちタグなし {untagged}曲）</numerusform>
        </translation>
    </message>
    <message>
        <source>Category</source>
        <translation>カテゴリ</translation>
    </message>
    <message>
        <source>Tracks with a tag</source>
        <translation>タグあり</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>割合</translation>
    </message>
    <message>
        <source>Without</source>
        <translation>タグなし</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>タグの種類</translation>
    </message>
    <message>
        <source>Most used</source>
        <translation>よく使われているタグ</translation>
    </message>
</context>
<context>
    <name>TagDialog</name>
    <message>
        <source>Edit tags</source>
        <translation>タグの編集</translation>
    </message>
    <message>
        <source>Tags of “{title}”</source>
        <translation>「{title}」のタグ</translation>
    </message>
    <message>
        <source>Category of the new tag</source>
        <translation>新しいタグのカテゴリ</translation>
    </message>
    <message>
        <source>New tag</source>
        <translation>新しいタグ</translation>
    </message>
    <message>
        <source>Existing or new tag</source>
        <translation>既存のタグを選択、または新規入力</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>追加</translation>
    </message>
    <message numerus="yes">
        <source>Tags of %Ln track(s)</source>
        <translation>
            <numerusform>%Ln曲のタグ</numerusform>
        </translation>
    </message>
    <message>
        <source>Press Enter to add the tag; separate several with commas. With nothing typed, Enter is OK. Clear title, comment or BPM to use the value from the tag list or the file.</source>
        <translation>Enterでタグを追加します（、や , で区切ると複数）。何も入力せずにEnterを押すとOKになります。タイトル・コメント・BPMを空にすると、タグ一覧やファイルの値に戻ります。</translation>
    </message>
    <message>
        <source>Add the last tags again</source>
        <translation>直前のタグをもう一度付ける</translation>
    </message>
    <message>
        <source>Apply and next track</source>
        <translation>適用して次の曲へ</translation>
    </message>
</context>
<context>
    <name>TagNames</name>
    <message>
        <source>Rename</source>
        <translation>名前を変更</translation>
    </message>
    <message>
        <source>New name of “{name}”:</source>
        <translation>「{name}」の新しい名前:</translation>
    </message>
    <message>
        <source>A tag name cannot contain , 、 ; / or |, which separate tags in lists.</source>
        <translation>タグの名前に , 、 ; / | は使えません。タグ一覧ではタグの区切りになります。</translation>
    </message>
    <message>
        <source>“{name}” is already used for another column of tag lists.</source>
        <translation>「{name}」はタグ一覧の別の列の名前です。</translation>
    </message>
    <message>
        <source>There is nothing to merge it with.</source>
        <translation>統合できる相手がありません。</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>統合</translation>
    </message>
    <message>
        <source>Merge “{name}” with:</source>
        <translation>「{name}」の統合先:</translation>
    </message>
    <message>
        <source>Merge “{old}” with “{name}” ({tracks})?</source>
        <translation>「{old}」を「{name}」（{tracks}）に統合しますか？</translation>
    </message>
    <message>
        <source>Remove “{name}” from {tracks}?</source>
        <translation>「{name}」を{tracks}から外しますか？</translation>
    </message>
    <message>
        <source>Remove the category “{name}” with all of its tags from {tracks}?</source>
        <translation>カテゴリ「{name}」とそのタグをすべて{tracks}から外しますか？</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>削除</translation>
    </message>
    <message numerus="yes">
        <source>%Ln track(s)</source>
        <translation>
            <numerusform>%Ln曲</numerusform>
        </translation>
    </message>
    <message>
        <source>“{old}” in files and lists read later is shown as “{name}” too. Press {key} to undo.</source>
        <translation>あとから読み込むファイルやタグ一覧の「{old}」も「{name}」と表示されます。{key} で元に戻せます。</translation>
    </message>
    <message>
        <source>Reading the same files and lists again does not bring it back. The files are not changed. Press {key} to undo.</source>
        <translation>同じファイルやタグ一覧を読み直しても戻りません。ファイルは変更されません。{key} で元に戻せます。</translation>
    </message>
    <message>
        <source>“{old}” was removed. Press {key} to undo.</source>
        <translation>「{old}」を削除しました。{key} で元に戻せます。</translation>
    </message>
    <message>
        <source>“{old}” is now “{name}”. Press {key} to undo.</source>
        <translation>「{old}」は「{name}」になりました。{key} で元に戻せます。</translation>
    </message>
</context>
<context>
    <name>TextFields</name>
    <message>
        <source>Title</source>
        <translation>タイトル</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>コメント</translation>
    </message>
    <message>
        <source>BPM</source>
        <translation>BPM</translation>
    </message>
    <message>
        <source>Enter the BPM as a number such as 128 or 92.5.</source>
        <translation>BPMは 128 や 92.5 のような数値で入力してください。</translation>
    </message>
    <message>
        <source>(different)</source>
        <translation>（曲によって異なる）</translation>
    </message>
    <message>
        <source>(from the tag list or the file)</source>
        <translation>（タグ一覧やファイルの値）</translation>
    </message>
</context>
<context>
    <name>TrackModel</name>
    <message>
        <source>This file was missing at the last scan. If it was renamed, press F5.</source>
        <translation>前回の確認時に見つからなかったファイルです。名前を変更した場合は F5 キーを押してください。</translation>
    </message>
    <message>
        <source>This file cannot be read. Select it to see why.</source>
        <translation>このファイルは読み込めません。選択すると理由が表示されます。</translation>
    </message>
    <message>
        <source>Estimated from the sound</source>
        <translation>音声から推定した値</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>タイトル</translation>
    </message>
    <message>
        <source>Cosine</source>
        <translation>コサイン</translation>
    </message>
    <message>
        <source>Percentile</source>
        <translation>パーセンタイル</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>長さ</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>コメント</translation>
    </message>
    <message>
        <source>File</source>
        <translation>ファイル</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>フォルダ</translation>
    </message>
    <message>
        <source>★ kept, ✕ rejected</source>
        <translation>★ キープした曲、✕ 不採用の曲</translation>
    </message>
    <message>
        <source>Similarity of the sound: 1 is identical, 0 has nothing in common</source>
        <translation>音の類似度（1は同じ、0は共通点なし）</translation>
    </message>
    <message>
        <source>Percentage of the library that sounds less like the reference</source>
        <translation>ライブラリの何%の曲よりもリファレンスに似ているか</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>マーク</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>ファイルなし</translation>
    </message>
    <message>
        <source>unreadable</source>
        <translation>読み込み不可</translation>
    </message>
    <message>
        <source>playing</source>
        <translation>再生中</translation>
    </message>
    <message>
        <source>Unmet conditions</source>
        <translation>合わない条件</translation>
    </message>
    <message>
        <source>The conditions of your filter that the track does not meet</source>
        <translation>絞り込みの条件のうち、この曲が合わないもの</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>キープ</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>不採用</translation>
    </message>
    <message>
        <source>Closeness</source>
        <translation>近さ</translation>
    </message>
    <message>
        <source>How close the sound is to the reference</source>
        <translation>リファレンスの音にどれだけ近いか</translation>
    </message>
    <message>
        <source>Cosine {cosine}; closer than {share} % of the library</source>
        <translation>コサイン {cosine}、ライブラリの{share}%の曲より近い</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>メモ</translation>
    </message>
    <message>
        <source>Heard</source>
        <translation>試聴済み</translation>
    </message>
    <message>
        <source>● heard, ◐ partly heard, in this brief</source>
        <translation>この案件で ● 試聴済み、◐ 一部試聴</translation>
    </message>
    <message>
        <source>not heard</source>
        <translation>未試聴</translation>
    </message>
    <message>
        <source>partly heard</source>
        <translation>一部試聴</translation>
    </message>
    <message>
        <source>heard</source>
        <translation>試聴済み</translation>
    </message>
    <message>
        <source>note: {note}</source>
        <translation>メモ: {note}</translation>
    </message>
</context>
<context>
    <name>Volume</name>
    <message>
        <source>Volume {percent} %</source>
        <translation>音量 {percent}%</translation>
    </message>
    <message>
        <source>Muted. Press {key} to unmute.</source>
        <translation>ミュート中（{key} で解除）。</translation>
    </message>
    <message>
        <source>Unmuted</source>
        <translation>ミュートを解除しました</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>less than a minute left</source>
        <translation>残り1分未満</translation>
    </message>
    <message>
        <source>about {minutes} min left</source>
        <translation>残り約{minutes}分</translation>
    </message>
    <message>
        <source>about {hours} h left</source>
        <translation>残り約{hours}時間</translation>
    </message>
    <message>
        <source>{position} of {length}</source>
        <translation>{length}中の{position}</translation>
    </message>
</context>
</TS>
