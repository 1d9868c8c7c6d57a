; Offers the program under "Open with" for telemetry files. electron-builder's own file associations would make it the
; default for every .db on the machine; here the extension's own entry is left alone.
!macro offerToOpen EXT
  WriteRegStr SHELL_CONTEXT "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}\SupportedTypes" ".${EXT}" ""
  WriteRegNone SHELL_CONTEXT "Software\Classes\.${EXT}\OpenWithProgids" "Sightglass.Telemetry"
!macroend

!macro customInstall
  WriteRegStr SHELL_CONTEXT "Software\Classes\Sightglass.Telemetry" "" "SQLite database"
  WriteRegStr SHELL_CONTEXT "Software\Classes\Sightglass.Telemetry\shell\open\command" "" '"$appExe" -- "%1"'
  WriteRegStr SHELL_CONTEXT "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}\shell\open\command" "" '"$appExe" -- "%1"'
  !insertmacro offerToOpen "db"
  !insertmacro offerToOpen "sqlite"
  !insertmacro offerToOpen "sqlite3"
!macroend

!macro customUnInstall
  DeleteRegKey SHELL_CONTEXT "Software\Classes\Sightglass.Telemetry"
  DeleteRegKey SHELL_CONTEXT "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}"
  DeleteRegValue SHELL_CONTEXT "Software\Classes\.db\OpenWithProgids" "Sightglass.Telemetry"
  DeleteRegValue SHELL_CONTEXT "Software\Classes\.sqlite\OpenWithProgids" "Sightglass.Telemetry"
  DeleteRegValue SHELL_CONTEXT "Software\Classes\.sqlite3\OpenWithProgids" "Sightglass.Telemetry"
!macroend
