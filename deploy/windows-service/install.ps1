# Puts Mailchute in its place as a Windows service, stopped: first come "init" and "check". Again with a newer jar, and the service
# stopped, it is the upgrade. README.md beside it says the rest.
#
#   .\install.ps1 -WinSW .\WinSW-x64.exe -Jar ..\..\lib\mailchute.jar -Scans 'D:\scans'
#Requires -Version 5.1
#Requires -RunAsAdministrator
param(
    # https://github.com/winsw/winsw, 2 or 3
    [Parameter(Mandatory)] [string] $WinSW,
    [string] $Jar = (Join-Path $PSScriptRoot '..\..\lib\mailchute.jar'),
    # Watched folders on this machine: made where they are not there, and opened to the service.
    [string[]] $Scans = @()
)
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$Service = 'mailchute'
$Account = 'NT SERVICE\mailchute'
$Program = Join-Path $env:ProgramFiles 'Mailchute'
$Data = Join-Path $env:ProgramData 'Mailchute'
$Settings = Join-Path $Data 'mailchute.yaml'

function Invoke-Program([string] $Path, [string[]] $Arguments) {
    & $Path @Arguments
    if ($LASTEXITCODE -ne 0) {
        throw ('{0} {1}: exit code {2}' -f $Path, ($Arguments -join ' '), $LASTEXITCODE)
    }
}

function New-Folder([string] $Path) {
    New-Item -ItemType Directory -Force -Path $Path | Out-Null
}

# --- Nothing is changed before all of this holds.

# A service has the machine's PATH, not that of who installs it.
$Java = [Environment]::GetEnvironmentVariable('Path', 'Machine') -split ';' |
    Where-Object { $_ } |
    ForEach-Object { Join-Path ([Environment]::ExpandEnvironmentVariables($_)) 'java.exe' } |
    Where-Object { Test-Path -LiteralPath $_ -PathType Leaf } |
    Select-Object -First 1
if (-not $Java) {
    throw 'No java.exe on the PATH of the machine: install Java 17 or newer for all users.'
}
$Version = (Get-Item -LiteralPath $Java).VersionInfo.FileMajorPart
if ($Version -lt 17) {
    throw ('Java 17 or newer is needed, {0} is {1}.' -f $Java, $Version)
}
foreach ($File in $WinSW, $Jar) {
    if (-not (Test-Path -LiteralPath $File -PathType Leaf)) {
        throw ('There is no {0}.' -f $File)
    }
}
# in the .zip, in the sources
$Launcher = '..\..\bin\mailchute.cmd', '..\bin\mailchute.cmd' |
    ForEach-Object { Join-Path $PSScriptRoot $_ } |
    Where-Object { Test-Path -LiteralPath $_ -PathType Leaf } |
    Select-Object -First 1
if (-not $Launcher) {
    throw 'There is no bin\mailchute.cmd: unpack the whole .zip.'
}
$Installed = Get-Service -Name $Service -ErrorAction SilentlyContinue
if ($Installed -and $Installed.Status -ne 'Stopped') {
    throw 'The service runs: Stop-Service mailchute, then again.'
}
# Whoever can log in may make folders in ProgramData, and put settings of his own into them: administrators and the system only.
if (Test-Path -LiteralPath $Data) {
    $Owner = (Get-Acl -LiteralPath $Data).GetOwner([Security.Principal.SecurityIdentifier]).Value
    if ($Owner -notin 'S-1-5-32-544', 'S-1-5-18') {
        throw ('{0} belongs to {1}, not to the administrators: look into it, and take it away.' -f $Data, $Owner)
    }
}

# --- The program

New-Folder (Join-Path $Program 'lib')
New-Folder (Join-Path $Program 'bin')
$Runner = Join-Path $Program 'mailchute-service.exe'
Copy-Item -LiteralPath $WinSW -Destination $Runner
Copy-Item -LiteralPath $Jar -Destination (Join-Path $Program 'lib\mailchute.jar')
Copy-Item -LiteralPath (Join-Path $PSScriptRoot 'mailchute-service.xml') -Destination $Program
Copy-Item -LiteralPath $Launcher -Destination (Join-Path $Program 'bin')

# --- The service, under an account of its own: Windows would run it as the system, which may do everything.

if (-not $Installed) {
    Invoke-Program $Runner @('install')
    Invoke-Program 'sc.exe' @('config', $Service, 'obj=', $Account)
}
if (-not (Test-Path -LiteralPath $Settings)) {
    # Without settings it would only fail at each start of the machine.
    Invoke-Program 'sc.exe' @('config', $Service, 'start=', 'demand')
}

# --- Its folders: closed to all but administrators (S-1-5-32-544), the system (S-1-5-18) and the service, which may change mail and logs only.

New-Folder $Data
Invoke-Program 'icacls.exe' @($Data, '/setowner', '*S-1-5-32-544')
Invoke-Program 'icacls.exe' @(
    $Data, '/inheritance:r', '/grant:r', '*S-1-5-32-544:(OI)(CI)F', '*S-1-5-18:(OI)(CI)F', ($Account + ':(OI)(CI)RX'))
New-Folder (Join-Path $Data 'secrets')
foreach ($Written in 'home', 'logs') {
    New-Folder (Join-Path $Data $Written)
    Invoke-Program 'icacls.exe' @((Join-Path $Data $Written), '/grant:r', ($Account + ':(OI)(CI)M'))
}
foreach ($Folder in $Scans) {
    New-Folder $Folder
    Invoke-Program 'icacls.exe' @($Folder, '/grant', ($Account + ':(OI)(CI)M'))
}

'Installed, and not started. Next:'
'  cd "{0}"' -f (Join-Path $Program 'bin')
'  .\mailchute init --config "{0}" --home "{1}"' -f $Settings, (Join-Path $Data 'home').Replace('\', '/')
'  .\mailchute check --config "{0}"' -f $Settings
'  sc.exe config mailchute start= delayed-auto'
'  Start-Service mailchute'
