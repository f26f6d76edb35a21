# The embedded server, its accounts and control endpoints, and child processes of PowerShell. Nothing in here touches the real home directory.

$repository = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
$moduleFolder = Join-Path $repository 'out/Bitwarden'
$masterPasswords = @{
    'pbkdf2@example.org' = 'correct horse battery staple 1'
    'argon2@example.org' = 'correct horse battery staple 2 ü'
    'large@example.org'  = 'correct horse battery staple 3'
    'weak@example.org'   = 'correct horse battery staple 4'
}

function Get-ModuleFolder {
    $moduleFolder
}

function Import-BitwardenModule {
    if (-not (Get-Module Bitwarden)) {
        Import-Module $moduleFolder -Global
    }
}

# No variable of the machine may decide how a test ends.
function Clear-BwEnvironment {
    Get-ChildItem Env: | Where-Object Name -Like 'BW*' | ForEach-Object { Remove-Item "Env:$($_.Name)" }
}

# In the process that BITWARDEN_TEST_SERVERS names, which dotnet test runs for all files; in one of its own when there is none.
function Start-TestServer {
    param([string[]] $Option = @())

    if ($env:BITWARDEN_TEST_SERVERS) {
        $body = ConvertTo-Json @{ arguments = $Option }
        $started = Invoke-RestMethod "$env:BITWARDEN_TEST_SERVERS/_test/servers" -Method Post -Body $body -ContentType application/json
        return [pscustomobject]@{ Url = $started.httpUrl; HttpsUrl = $started.httpsUrl; CaPath = $started.caPath }
    }
    $infoFile = Join-Path ([IO.Path]::GetTempPath()) "bw-info-$([guid]::NewGuid()).json"
    $process = Start-TestServerProcess $infoFile $Option
    $null = $process.StandardOutput.ReadToEndAsync()
    $problems = $process.StandardError.ReadToEndAsync()
    Wait-Until -Seconds 60 -What 'the test server' { (Test-Path $infoFile) -or $process.HasExited }
    if ($process.HasExited) { throw "The test server ended: $($problems.Result)" }
    $server = Get-TestServer (Get-Content $infoFile -Raw | ConvertFrom-Json).httpUrl
    Remove-Item $infoFile
    $server | Add-Member Process $process -PassThru
}

function Start-TestServerProcess {
    param([string] $InfoFile, [string[]] $Option)

    $dll = Get-ChildItem (Join-Path $repository 'tests/Bitwarden.TestServer/bin/*/net*/Bitwarden.TestServer.dll') |
        Sort-Object LastWriteTime | Select-Object -Last 1 -ExpandProperty FullName
    $start = [Diagnostics.ProcessStartInfo]::new('dotnet')
    foreach ($argument in @($dll, '--info-file', $InfoFile, '--stop-on-stdin-close') + $Option) { $start.ArgumentList.Add($argument) }
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    [Diagnostics.Process]::Start($start)
}

function Stop-TestServer {
    param($Server)

    if (-not $Server) { return }
    if (-not $Server.Process) {
        $null = Invoke-RestMethod "$env:BITWARDEN_TEST_SERVERS/_test/servers/$(([uri] $Server.Url).Port)" -Method Delete
        return
    }
    $Server.Process.StandardInput.Close()
    if (-not $Server.Process.WaitForExit(10000)) { $Server.Process.Kill() }
}

# A server that is already running, as its own children see it.
function Get-TestServer {
    param([string] $Url)

    $info = Invoke-RestMethod "$Url/_test/info"
    [pscustomobject]@{ Url = $Url; HttpsUrl = $info.httpsUrl; CaPath = $info.caPath }
}

function Get-TestAccount {
    param($Server, [string] $Email = 'pbkdf2@example.org')

    (Invoke-RestMethod "$($Server.Url)/_test/info").accounts | Where-Object email -EQ $Email
}

function Invoke-TestServer {
    param($Server, [string] $Method, [string] $Path, [hashtable] $Body)

    $request = @{ Uri = "$($Server.Url)/_test$Path"; Method = $Method }
    if ($Body) {
        $request.Body = ConvertTo-Json $Body
        $request.ContentType = 'application/json'
    }
    Invoke-RestMethod @request
}

# Lets tokens and codes run out without a wait. The client's own clock goes on as it is: it learns of it from the server.
function Move-ServerClock {
    param($Server, [double] $Seconds)

    $null = Invoke-TestServer $Server POST /clock @{ seconds = $Seconds }
}

# What stands in the way of an account's next login; what is left out is off.
function Set-LoginRule {
    param($Server, [string] $Email, [hashtable] $Rule = @{})

    $null = Invoke-TestServer $Server POST "/accounts/$Email/login-rules" $Rule
}

# The token requests as the server got them: their form fields.
function Get-TokenRequest {
    param($Server)

    (Get-ServerRequest $Server /identity/connect/token).form
}

function Add-Fault {
    param($Server, [string] $PathPrefix, [string] $Kind, [hashtable] $More = @{})

    $null = Invoke-TestServer $Server POST /faults (@{ pathPrefix = $PathPrefix; kind = $Kind } + $More)
}

function Clear-Fault {
    param($Server)

    $null = Invoke-TestServer $Server DELETE /faults
}

function Get-ServerRequest {
    param($Server, [string] $PathPrefix = '/')

    # In parentheses, since Invoke-RestMethod writes an array as one object.
    (Invoke-TestServer $Server GET /requests) | Where-Object { $_ -and $_.path.StartsWith($PathPrefix) }
}

function Clear-ServerRequest {
    param($Server)

    $null = Invoke-TestServer $Server DELETE /requests
}

function ConvertTo-TestSecret {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute(
        'PSAvoidUsingConvertToSecureStringWithPlainText', '', Justification = 'The secrets of tests are made up.')]
    param([string] $Text)

    ConvertTo-SecureString $Text -AsPlainText -Force
}

function Get-MasterPassword {
    param([string] $Email = 'pbkdf2@example.org')

    ConvertTo-TestSecret $masterPasswords[$Email]
}

function Connect-TestAccount {
    param($Server, [string] $Email = 'pbkdf2@example.org', [switch] $Unlock, [hashtable] $More = @{})

    $account = Get-TestAccount $Server $Email
    $session = Connect-BwApiKey $Server.Url -ClientId $account.clientId -ClientSecret (ConvertTo-TestSecret $account.clientSecret) @More
    if ($Unlock) { Unlock-BwVault (Get-MasterPassword $Email) -Session $session }
    $session
}

function Wait-Until {
    param([scriptblock] $Condition, [double] $Seconds = 20, [string] $What = 'a condition')

    $clock = [Diagnostics.Stopwatch]::StartNew()
    while (-not (& $Condition)) {
        if ($clock.Elapsed.TotalSeconds -gt $Seconds) { throw "Waited $Seconds seconds for $What in vain." }
        Start-Sleep -Milliseconds 20
    }
}

# Runs a script in a new process with a home directory of its own and closed standard input. The script sees $server, $arguments, the functions of
# this file and the module; what it writes comes back as Result, through JSON. With -Dialog it runs at a pseudo-terminal; the dialog is
# prompts, as regular expressions, each followed by what to type there.
function Invoke-FreshPwsh {
    param(
        [scriptblock] $Script,
        $Server,
        [hashtable] $Arguments = @{},
        [hashtable] $Environment = @{},
        [switch] $WithoutModule,
        [string[]] $Dialog,
        [string[]] $PowerShellOption = @(),
        [int] $Seconds = 90
    )

    $folder = Join-Path ([IO.Path]::GetTempPath()) "bw-home-$([guid]::NewGuid())"
    $null = New-Item -ItemType Directory $folder
    try {
        $text = @"
`$ErrorActionPreference = 'Continue'
`$ProgressPreference = 'SilentlyContinue'
Import-Module '$PSCommandPath'
$(if (-not $WithoutModule) { 'Import-BitwardenModule' })
`$moduleFolder = '$moduleFolder'
`$server = $(if ($Server) { "Get-TestServer '$($Server.Url)'" } else { '$null' })
`$arguments = Get-Content (Join-Path `$PSScriptRoot arguments.json) -Raw | ConvertFrom-Json
`$result = & {
$Script
}
ConvertTo-Json -InputObject `$result -Depth 6 | Set-Content (Join-Path `$PSScriptRoot result.json)
"@
        Set-Content (Join-Path $folder script.ps1) $text
        ConvertTo-Json $Arguments -Depth 6 | Set-Content (Join-Path $folder arguments.json)
        $start = Get-FreshStart $folder $Environment $PowerShellOption
        $run = if ($PSBoundParameters.ContainsKey('Dialog')) { Start-TerminalProcess $start $Dialog $Seconds } else { Start-FreshProcess $start $Seconds }
        $resultFile = Join-Path $folder result.json
        $result = if (Test-Path $resultFile) { Get-Content $resultFile -Raw | ConvertFrom-Json }
        [pscustomobject]@{ Result = $result; ExitCode = $run.ExitCode; Output = $run.Output; ErrorOutput = $run.ErrorOutput }
    }
    finally {
        Remove-Item $folder -Recurse -Force
    }
}

function Get-FreshStart {
    param([string] $Folder, [hashtable] $Environment, [string[]] $PowerShellOption)

    $start = [Diagnostics.ProcessStartInfo]::new([Environment]::ProcessPath)
    # PowerShell that runs as a local .NET tool is hosted by dotnet.
    if ((Split-Path $start.FileName -LeafBase) -eq 'dotnet') { $start.ArgumentList.Add((Join-Path $PSHOME pwsh.dll)) }
    foreach ($argument in @('-NoProfile') + $PowerShellOption + @('-File', (Join-Path $Folder script.ps1))) { $start.ArgumentList.Add($argument) }
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    $start.WorkingDirectory = $Folder
    foreach ($name in @($start.Environment.Keys -like 'BW*')) { $null = $start.Environment.Remove($name) }
    foreach ($name in 'CI', 'TF_BUILD', 'GITHUB_ACTIONS', 'GITLAB_CI', 'JENKINS_URL', 'TEAMCITY_VERSION', 'BUILDKITE', 'CODEBUILD_BUILD_ID') {
        $null = $start.Environment.Remove($name)
    }
    $start.Environment['HOME'] = $Folder
    $start.Environment['USERPROFILE'] = $Folder
    $start.Environment['XDG_CONFIG_HOME'] = $null
    $start.Environment['XDG_DATA_HOME'] = $null
    $start.Environment['XDG_CACHE_HOME'] = $null
    foreach ($name in $Environment.Keys) { $start.Environment[$name] = $Environment[$name] }
    $start
}

function Start-FreshProcess {
    param([Diagnostics.ProcessStartInfo] $Start, [int] $Seconds)

    $process = [Diagnostics.Process]::Start($Start)
    $process.StandardInput.Close()
    $output = $process.StandardOutput.ReadToEndAsync()
    $errorOutput = $process.StandardError.ReadToEndAsync()
    if (-not $process.WaitForExit($Seconds * 1000)) {
        $process.Kill($true)
        throw "The child process did not end within $Seconds seconds. $($output.Result) $($errorOutput.Result)"
    }
    [pscustomobject]@{ ExitCode = $process.ExitCode; Output = $output.Result; ErrorOutput = $errorOutput.Result }
}

# util-linux's script makes the pseudo-terminal; BSD's takes other arguments.
function Test-Terminal {
    $IsLinux -and [bool](Get-Command script -CommandType Application -ErrorAction Ignore)
}

function Start-TerminalProcess {
    param([Diagnostics.ProcessStartInfo] $Start, [string[]] $Dialog, [int] $Seconds)

    $words = @($Start.FileName) + $Start.ArgumentList | ForEach-Object { "'$_'" }
    $Start.FileName = 'script'
    $Start.ArgumentList.Clear()
    # What is started in the background of a shell, as tests may be, and all its children ignore Ctrl+C; a terminal's programs do not.
    $default = 'env --default-signal=INT'
    $line = "stty cols 200 rows 50; $default true 2> /dev/null && exec $default $($words -join ' '); exec $($words -join ' ')"
    foreach ($argument in '-qef', '-E', 'always', '-c', $line, '/dev/null') { $Start.ArgumentList.Add($argument) }
    $Start.Environment['SHELL'] = '/bin/sh'
    $Start.Environment['TERM'] = 'xterm'
    $process = [Diagnostics.Process]::Start($Start)
    try {
        $screen = Read-Terminal $process $Dialog ([datetime]::UtcNow.AddSeconds($Seconds))
    }
    finally {
        if (-not $process.HasExited) { $process.Kill($true) }
        $process.WaitForExit()
    }
    [pscustomobject]@{ ExitCode = $process.ExitCode; Output = $screen; ErrorOutput = '' }
}

# Types each answer once its prompt is there, and gives all that was on the screen, without control sequences.
function Read-Terminal {
    param([Diagnostics.Process] $Process, [string[]] $Dialog, [datetime] $Deadline)

    $buffer = [byte[]]::new(4096)
    $raw = ''
    $seen = 0
    $answered = 0
    $step = 0
    while ($true) {
        $reading = $Process.StandardOutput.BaseStream.ReadAsync($buffer, 0, $buffer.Length)
        do {
            if ([datetime]::UtcNow -gt $Deadline) { throw "The process did not end in time; waited for $($Dialog[$step]). $screen" }
        } until ($reading.Wait(50))
        if ($reading.Result -eq 0) { break }
        $raw += [Text.Encoding]::UTF8.GetString($buffer, 0, $reading.Result)
        # A terminal tells where its cursor is when it is asked.
        $asked = [regex]::Matches($raw, '\e\[6n').Count
        for (; $answered -lt $asked; $answered++) { Send-Terminal $Process "`e[1;1R" }
        $screen = $raw -replace '\e\[[0-9;?]*[A-Za-z]|\e[=>78]|\e\][^\a]*\a'
        while ($step -lt $Dialog.Count -and ($match = [regex]::new($Dialog[$step]).Match($screen, $seen)).Success) {
            $seen = $match.Index + $match.Length
            # PowerShell turns the echo off after it has asked for a password; nobody types that soon.
            Start-Sleep -Milliseconds 150
            Send-Terminal $Process "$($Dialog[$step + 1])`r"
            $step += 2
        }
    }
    if ($step -lt $Dialog.Count) { throw "The process ended before it asked for $($Dialog[$step]). $screen" }
    $screen
}

function Send-Terminal {
    param([Diagnostics.Process] $Process, [string] $Text)

    $Process.StandardInput.Write($Text)
    $Process.StandardInput.Flush()
}

Export-ModuleMember -Function Get-ModuleFolder, Import-BitwardenModule, Clear-BwEnvironment, Start-TestServer, Stop-TestServer, Get-TestServer,
    Get-TestAccount, Invoke-TestServer, Move-ServerClock, Set-LoginRule, Get-TokenRequest, Add-Fault, Clear-Fault, Get-ServerRequest, Clear-ServerRequest,
    ConvertTo-TestSecret, Get-MasterPassword, Connect-TestAccount, Wait-Until, Invoke-FreshPwsh, Test-Terminal
