@echo off
rem Starts the jar that is installed beside it in ..\lib, else the jar of this source tree, built on first use.
rem Options for Java go into MAILCHUTE_JAVA_OPTS, for example -Xmx256m.
setlocal
set "BIN=%~dp0"
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
"%JAVA%" -version >nul 2>nul
if errorlevel 1 (
  echo mailchute: no Java found; install Java 17 or newer, or set JAVA_HOME 1>&2
  exit /b 1
)
set "VERSION="
set "MAJOR=0"
for /f "tokens=3" %%V in ('call "%JAVA%" -version 2^>^&1 ^| findstr /i /c:" version "') do if not defined VERSION set "VERSION=%%~V"
for /f "delims=.-" %%M in ("%VERSION%") do set "MAJOR=%%M"
if %MAJOR% LSS 17 (
  echo mailchute: Java 17 or newer is needed, this is %VERSION% 1>&2
  exit /b 1
)

set "JAR=%BIN%..\lib\mailchute.jar"
if exist "%JAR%" goto run
if not exist "%BIN%..\..\pom.xml" (
  echo mailchute: there is no ..\lib\mailchute.jar, and no source tree, at "%BIN%" 1>&2
  exit /b 1
)
call :find
if defined JAR goto run
echo mailchute: building once, about a minute 1>&2
call mvn -q -B -ntp -Dstyle.color=never -f "%BIN%..\..\pom.xml" -Dmaven.test.skip -Dspotless.check.skip -Dcyclonedx.skip package 1>&2
if errorlevel 1 (
  echo mailchute: the build failed, see above 1>&2
  exit /b 1
)
call :find
if not defined JAR (
  echo mailchute: the build made no jar 1>&2
  exit /b 1
)

:run
"%JAVA%" %MAILCHUTE_JAVA_OPTS% -jar "%JAR%" %*
exit /b %ERRORLEVEL%

:find
set "JAR="
for %%F in ("%BIN%..\..\target\mailchute-*.jar") do set "JAR=%%~fF"
exit /b 0
