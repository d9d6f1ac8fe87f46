"""Two jobs as an editor has them, written down before the window could do them; the bars are for keys and for ears.

Counted is every key but ↓, ↑ and the letters of typed words; an audition is a track that sounded for any time at all.
No step uses the mouse. What a step needs and what must be seen after it stands in the step's function.
"""

CORPORATE_FILM = """A corporate film wants something light, between 1:15 and 2:10. At most 45 keys and 40 auditions.

 1. Begin a new brief and name it "Corporate film".
 2. Narrow the library to the genre and the mood that the client named, and to lengths of 1:15 to 2:10.
 3. Walk the list by ear: fifteen tracks at most, three of them are kept.
 4. Search by the best of the three; every result fits the length, those outside the filter name all that they miss.
 5. Mark a section of one result, and search by that section alone.
 6. One of the results is of the wrong kind: reject it and search away from it.
 7. Keep two of what comes, show the shortlist: five tracks, in this brief alone.
 8. Write a note on one of them.
 9. Close the window and open it again: brief, filter, search and row are as they were left.
"""

TWO_DAYS = """730 candidates, real and rendered, over two days, with a director's no. At most 60 keys and 40 auditions.

Day one
 1. Begin a brief, name it, tick tags until 730 tracks are left.
 2. Have them put into groups that differ, and hear one of each.
 3. One more of each; keep two, reject four.
 4. Search by both that were kept, and let the marks pull the order.
 5. Walk what is new alone (heard and rejected tracks hidden) and keep three more.
 6. Export the shortlist for the director, and close the window.
Day two
 7. The window comes back with the brief, its search and its row.
 8. The director's list comes back with yes, no, maybe and comments: read it, and see what it changed.
 9. Search by the one that was a "maybe", away from those with a "no".
10. Keep one, leave the brief, open the one of the other client: its marks are untouched.
"""
