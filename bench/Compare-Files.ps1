# Adding and getting a file, by the module and by the official client (its path in BW_EXE, or on the PATH), in one run against the embedded server. Linux, with
# GNU time. Build first. Each number is of a fresh process: the seconds of the command alone for the module, which then runs already, and of the process for the
# other; and how far the memory went above that of the same process without the file.
param(
    [ValidateRange(1, 500)] [int] $Megabytes = 100,
    [ValidateRange(1, 20)] [int] $Rounds = 3
)

$ErrorActionPreference = 'Stop'
Import-Module $PSScriptRoot/../tests/Pester/TestServer.psm1
$bw = if ($env:BW_EXE) { $env:BW_EXE } else { (Get-Command bw -CommandType Application).Source }
Clear-BwEnvironment
$folder = [IO.Directory]::CreateTempSubdirectory('bw-files-').FullName
$file = Join-Path $folder large.bin
$bytes = [byte[]]::new($Megabytes * 1MB)
[Random]::Shared.NextBytes($bytes)
[IO.File]::WriteAllBytes($file, $bytes)
$hash = (Get-FileHash $file).Hash
$server = Start-TestServer
$account = Get-TestAccount $server

function Measure-Official([string[]] $Arguments) {
    $clock = [Diagnostics.Stopwatch]::StartNew()
    $output = /usr/bin/time -o $folder/rss -f '%M' $bw @Arguments 2>$folder/errors
    if ($LASTEXITCODE -ne 0) { throw "bw $($Arguments[0]) failed: $(Get-Content $folder/errors -Raw)" }
    [pscustomobject]@{ Seconds = $clock.Elapsed.TotalSeconds; Peak = [double](Get-Content $folder/rss | Select-Object -Last 1) / 1KB; Output = "$output" }
}

function Measure-Module([string] $Command) {
    $script = @'
        Import-Module $env:BENCH_MODULE
        $null = Connect-BwApiKey -CertificateAuthority $env:BENCH_CA
        Unlock-BwVault
        $null = Get-BwItem prod-sql
        $process = [Diagnostics.Process]::GetCurrentProcess()
        $idle = $process.WorkingSet64
        $clock = [Diagnostics.Stopwatch]::StartNew()
        COMMAND
        $seconds = $clock.Elapsed.TotalSeconds
        $process.Refresh()
        "$seconds $(($process.PeakWorkingSet64 - $idle) / 1MB)"
'@ -replace 'COMMAND', $Command
    $numbers = (pwsh -NoProfile -NonInteractive -Command "`$ErrorActionPreference = 'Stop'; $script") -split ' '
    [pscustomobject]@{ Seconds = [double]$numbers[0]; Over = [double]$numbers[1] }
}

function Assert-Same([string] $Path) {
    if ((Get-FileHash $Path).Hash -ne $hash) { throw "$Path is another file." }
    Remove-Item $Path
}

try {
    $env:HOME = $folder
    $env:BITWARDENCLI_APPDATA_DIR = $folder
    $env:NODE_EXTRA_CA_CERTS = $env:BENCH_CA = $server.CaPath
    $env:BENCH_MODULE = Get-ModuleFolder
    $env:BW_SERVER, $env:BW_CLIENTID, $env:BW_CLIENTSECRET = $server.HttpsUrl, $account.clientId, $account.clientSecret
    $env:BW_PASSWORD = $account.masterPassword
    $null = Measure-Official config, server, $server.HttpsUrl
    $null = Measure-Official login, --apikey
    $env:BW_SESSION = (Measure-Official unlock, --passwordenv, BW_PASSWORD, --raw).Output.Trim()
    $rows = foreach ($round in 1..$Rounds) {
        $item = ((Measure-Official get, item, prod-sql).Output | ConvertFrom-Json).id
        $add = Measure-Module "Add-BwAttachment prod-sql '$file'"
        $get = Measure-Module "`$null = Get-BwAttachment prod-sql large.bin -OutFile '$folder/ours.bin'"
        Assert-Same $folder/ours.bin
        $null = Measure-Module 'Remove-BwAttachment prod-sql large.bin -Confirm:$false'
        $null = Measure-Official sync
        $idle = Measure-Official get, item, $item
        $theirAdd = Measure-Official create, attachment, --file, $file, --itemid, $item
        $theirGet = Measure-Official get, attachment, large.bin, --itemid, $item, --output, $folder/theirs.bin
        Assert-Same $folder/theirs.bin
        $null = Measure-Module 'Remove-BwAttachment prod-sql large.bin -Confirm:$false'
        $null = Measure-Official sync
        [pscustomobject]@{ What = 'add, s'; Ours = $add.Seconds; Official = $theirAdd.Seconds }
        [pscustomobject]@{ What = 'get, s'; Ours = $get.Seconds; Official = $theirGet.Seconds }
        [pscustomobject]@{ What = 'add, MB over idle'; Ours = $add.Over; Official = $theirAdd.Peak - $idle.Peak }
        [pscustomobject]@{ What = 'get, MB over idle'; Ours = $get.Over; Official = $theirGet.Peak - $idle.Peak }
    }
    $rows | Group-Object What | ForEach-Object {
        $ours, $official = foreach ($side in 'Ours', 'Official') { $sorted = @($_.Group.$side | Sort-Object); $sorted[[int][Math]::Floor($sorted.Count / 2)] }
        [pscustomobject]@{ What = $_.Name; Ours = [Math]::Round($ours, 1); Official = [Math]::Round($official, 1); Ratio = [Math]::Round($ours / $official, 2) }
    } | Format-Table
}
finally {
    Stop-TestServer $server
    Remove-Item $folder -Recurse -Force
}
