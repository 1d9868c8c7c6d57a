@rem `sightglass`: the command line of the installed program, without a window (electron/arguments.ts).
@"%~dp0..\Sightglass.exe" --command-line -- %*
