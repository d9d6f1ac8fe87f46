"""The containers that FFmpeg may open, by its names: for others, such as playlists, it would open more files."""

OF_SOUND = (
    "aac,ac3,aiff,amr,ape,asf,au,avi,caf,dsf,dts,dtshd,dv,eac3,flac,flv,gsm,iff,loas,matroska,webm,mlp,mov,mp4,m4a,3gp,"
    "3g2,mj2,mp3,mpc,mpc8,mpeg,mpegts,mxf,ogg,oma,rm,shn,tak,truehd,tta,voc,w64,wav,wtv,wv"
)
"""Of sound and nothing else."""
OF_TAGS = "aac,aiff,ape,asf,au,avi,caf,dsf,flac,flv,matroska,webm,mov,mp4,m4a,3gp,3g2,mj2,mp3,mxf,ogg,tta,w64,wav,wv"
"""Those of them whose tags are read by FFmpeg."""
