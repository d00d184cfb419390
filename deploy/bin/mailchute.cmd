@echo off
rem Starts Mailchute: the jar beside this script's folder (lib\), or, in a source checkout, the one Maven builds.
setlocal
set "HERE=%~dp0"
where java >nul 2>nul || (echo mailchute: no java found; install Java 17 or newer 1>&2 & exit /b 1)
if exist "%HERE%..\lib\mailchute.jar" (
  set "JAR=%HERE%..\lib\mailchute.jar"
  goto run
)
call :find
if not defined JAR (
  echo mailchute: building once, about a minute 1>&2
  pushd "%HERE%..\.."
  call mvn -B -q -ntp package -DskipTests -Dspotless.check.skip=true -Dcyclonedx.skip=true || (popd & echo mailchute: the build failed, see above 1>&2 & exit /b 1)
  popd
  call :find
)
:run
java %MAILCHUTE_JAVA_OPTS% -jar "%JAR%" %*
exit /b %ERRORLEVEL%
:find
for %%F in ("%HERE%..\..\target\mailchute-*.jar") do set "JAR=%%~fF"
exit /b 0
