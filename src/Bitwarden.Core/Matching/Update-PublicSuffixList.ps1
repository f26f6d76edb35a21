# Makes src/Bitwarden.Core/Matching/public_suffix_list.txt from the list that Mozilla maintains: its rules alone, one a line, without comments.
#Requires -Version 7.4
[CmdletBinding()]
param(
    # The list, where it was fetched already; without it the newest one is downloaded.
    [string] $Path
)

$ErrorActionPreference = 'Stop'
$source = 'https://publicsuffix.org/list/public_suffix_list.dat'
$target = Join-Path $PSScriptRoot 'public_suffix_list.txt'
$list = if ($Path) { Get-Content $Path -Raw } else { Invoke-RestMethod $source }
$lines = $list -split '\r?\n'
$version = @($lines -match '^// VERSION: ')[0] -replace '^// VERSION: '
$commit = @($lines -match '^// COMMIT: ')[0] -replace '^// COMMIT: '
# A rule ends at the first white space.
$rules = $lines | Where-Object { $_ -and -not $_.StartsWith('//') } | ForEach-Object { ($_ -split '\s')[0] } | Where-Object { $_ }
if ($rules.Count -lt 5000) { throw "Only $($rules.Count) rules: this is not the list." }
$header = @(
    '// This Source Code Form is subject to the terms of the Mozilla Public License, v. 2.0.'
    '// If a copy of the MPL was not distributed with this file, You can obtain one at https://mozilla.org/MPL/2.0/.'
    "// The rules of $source, private ones too, without its comments."
    "// Version: $($version ?? 'not named') $commit".TrimEnd()
    '// Made by src/Bitwarden.Core/Matching/Update-PublicSuffixList.ps1.'
)
[IO.File]::WriteAllText($target, (($header + $rules) -join "`n") + "`n")
"$($rules.Count) rules"
