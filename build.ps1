# Builds, tests and packages the module. The same as the dotnet commands of the README, for people who live in PowerShell.
#Requires -Version 7.4
[CmdletBinding()]
param(
    [ValidateSet('Clean', 'Build', 'Test', 'Package')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release',

    # Packages what was built before.
    [switch] $NoBuild
)

$ErrorActionPreference = 'Stop'
$moduleFolder = Join-Path $PSScriptRoot 'out' 'Bitwarden'

function Invoke-DotNet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) { throw "dotnet $($args[0]) ended with $LASTEXITCODE." }
}

function Invoke-Clean {
    Remove-Item (Join-Path $PSScriptRoot 'out') -Recurse -Force -ErrorAction Ignore
    Invoke-DotNet clean (Join-Path $PSScriptRoot 'Bitwarden.sln') --configuration $Configuration --verbosity quiet
}

function Invoke-Build {
    Invoke-DotNet build (Join-Path $PSScriptRoot 'src' 'Bitwarden.SecretManagement') --configuration $Configuration
    Get-Item (Join-Path $moduleFolder 'Bitwarden.psd1')
}

function Invoke-Test {
    Invoke-DotNet test (Join-Path $PSScriptRoot 'Bitwarden.sln') --configuration $Configuration
}

# A folder as the Gallery and Import-Module expect it, in an archive; without debug symbols.
function Invoke-Package {
    if (-not $NoBuild) { $null = Invoke-Build }
    $version = (Import-PowerShellDataFile (Join-Path $moduleFolder 'Bitwarden.psd1')).ModuleVersion
    $staging = Join-Path $PSScriptRoot 'out' 'package' 'Bitwarden' $version
    Remove-Item (Join-Path $PSScriptRoot 'out' 'package') -Recurse -Force -ErrorAction Ignore
    $null = New-Item $staging -ItemType Directory
    Copy-Item (Join-Path $moduleFolder '*') $staging -Recurse -Exclude '*.pdb'
    $archive = Join-Path $PSScriptRoot 'out' "Bitwarden.$version.zip"
    [IO.File]::Delete($archive)
    [IO.Compression.ZipFile]::CreateFromDirectory((Join-Path $PSScriptRoot 'out' 'package'), $archive)
    Get-Item $archive
}

foreach ($name in $Task) {
    & "Invoke-$name"
}
