BeforeDiscovery {
    $missing = @('ssh', 'ssh-add', 'ssh-agent', 'ssh-keygen' | Where-Object { -not (Get-Command $_ -CommandType Application -ErrorAction Ignore) })
    # Not run on Windows, where the agent is a service behind a named pipe.
    $noAgent = $IsWindows -or $missing.Count -gt 0
    $noServer = $noAgent -or -not (Test-Path /usr/sbin/sshd)
    if ($noServer) { Write-Warning 'Tests with a real ssh-agent or sshd are skipped: OpenSSH is not installed, or this is Windows.' }
}

BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    Import-BitwardenModule
    $server = Start-TestServer
    $session = Connect-TestAccount $server -Unlock
    $agentBefore = $env:SSH_AUTH_SOCK
    $folder = Join-Path ([IO.Path]::GetTempPath()) "bw-ssh-$([guid]::NewGuid().ToString('N').Substring(0, 8))"
    $null = New-Item -ItemType Directory $folder
    $processes = [Collections.Generic.List[Diagnostics.Process]]::new()

    function Start-Own([string] $Program, [string[]] $Arguments, [hashtable] $Environment = @{}) {
        $start = [Diagnostics.ProcessStartInfo]::new($Program, $Arguments)
        $start.RedirectStandardOutput = $start.RedirectStandardError = $true
        foreach ($name in $Environment.Keys) { $start.Environment[$name] = $Environment[$name] }
        $process = [Diagnostics.Process]::Start($start)
        $null = $process.StandardOutput.ReadToEndAsync()
        $process | Add-Member Problems $process.StandardError.ReadToEndAsync()
        $processes.Add($process)
        $process
    }

    function Start-Agent([string] $Name) {
        $socket = Join-Path $folder $Name
        # What asks the user says no to the first question and yes to all others.
        $ask = Join-Path $folder ask
        Set-Content $ask "#!/bin/sh`n[ -e '$folder/asked' ] && exit 0`ntouch '$folder/asked'`nexit 1"
        chmod +x $ask
        $null = Start-Own ssh-agent ('-D', '-a', $socket) @{ SSH_ASKPASS = $ask; DISPLAY = ':none'; SSH_ASKPASS_REQUIRE = 'force' }
        Wait-Until -What 'ssh-agent' { Test-Path $socket }
        $socket
    }

    function New-KeyFile([string] $Name, [string[]] $Option, [string] $Words = '') {
        $path = Join-Path $folder $Name
        ssh-keygen -q -f $path -N $Words -C 'ada@example.org' @Option
        $path
    }

    function Get-AgentKey { @(ssh-add -L 2>$null) -match '^ssh-' }

    if (-not $IsWindows -and (Get-Command ssh-keygen -CommandType Application -ErrorAction Ignore)) {
        $made = @{
            'made Ed25519' = New-BwItem 'made Ed25519' -SshKey
            'made RSA'     = New-BwItem 'made RSA' -SshKey -KeyType Rsa -KeySize 2048
        }
        $files = @{
            'file Ed25519'           = New-KeyFile ed25519 ('-t', 'ed25519')
            'file Ed25519 encrypted' = New-KeyFile ed25519-secret ('-t', 'ed25519', '-a', '4') 'Pa55 phrase'
            'file RSA'               = New-KeyFile rsa ('-t', 'rsa', '-b', '2048', '-m', 'PKCS8')
            'file RSA encrypted'     = New-KeyFile rsa-secret ('-t', 'rsa', '-b', '2048', '-a', '4') 'Pa55 phrase'
        }
        foreach ($name in $files.Keys) {
            $more = if ($name -match 'encrypted') { @{ KeyPassphrase = ConvertTo-TestSecret 'Pa55 phrase' } } else { @{} }
            $made[$name] = New-BwItem $name -SshKey -KeyFile $files[$name] @more
        }
    }
}

AfterAll {
    $env:SSH_AUTH_SOCK = $agentBefore
    foreach ($process in $processes) { if (-not $process.HasExited) { $process.Kill() } }
    Remove-Item $folder -Recurse -Force
    Disconnect-BwSession -All
    Stop-TestServer $server
}

Describe 'Add-BwSshKey with a real ssh-agent' -Skip:$noAgent {
    BeforeAll {
        $env:SSH_AUTH_SOCK = Start-Agent agent
    }

    BeforeEach {
        ssh-add -D 2>$null
    }

    It 'ssh-keygen reads the item <_>, and finds the public key and fingerprint that it has' -ForEach @(
        'made Ed25519', 'made RSA', 'file Ed25519 encrypted', 'file RSA'
    ) {
        $path = Join-Path $folder "check-$([guid]::NewGuid())"
        Get-BwSecret $_ -AsPlainText | Set-Content -NoNewline $path
        chmod 600 $path
        (ssh-keygen -y -f $path) -replace '(?<=^\S+ \S+) .*' | Should -BeExactly $made[$_].Values.publicKey.RevealText()
        (ssh-keygen -l -f $path) -split ' ' | Select-Object -Index 1 | Should -BeExactly $made[$_].Values.fingerprint.RevealText()
    }

    It 'ssh-add -L shows the key of <_> with the name of the item' -ForEach @(
        'made Ed25519', 'made RSA', 'file Ed25519', 'file Ed25519 encrypted', 'file RSA', 'file RSA encrypted'
    ) {
        Add-BwSshKey $_ | Should -BeNullOrEmpty
        Get-AgentKey | Should -BeExactly "$($made[$_].Values.publicKey.RevealText()) $_"
        if ($files[$_]) { Get-AgentKey | Should -BeLike "$(((Get-Content "$($files[$_]).pub") -split ' ')[0..1]) *" }
        Remove-BwSshKey $_ | Should -BeNullOrEmpty
        Get-AgentKey | Should -BeNullOrEmpty
    }

    It 'takes names, references, items, rows and sessions from the pipeline' {
        'made Ed25519', 'bw://made%20RSA#privateKey' | Add-BwSshKey
        @(Get-AgentKey).Count | Should -Be 2
        Get-BwItem -Type SshKey -Search 'made' | Remove-BwSshKey
        Get-AgentKey | Should -BeNullOrEmpty
        [pscustomobject]@{ Name = 'made RSA' } | Add-BwSshKey
        $session | Remove-BwSshKey 'made RSA'
        Add-BwSshKey -Item $made['made RSA'] -WhatIf
        Get-AgentKey | Should -BeNullOrEmpty
    }

    It 'the agent forgets a key with -Lifetime' {
        Add-BwSshKey 'made Ed25519' -Lifetime 1
        Wait-Until -What 'the end of the key' { -not (Get-AgentKey) }
        Add-BwSshKey 'made Ed25519' -Lifetime 00:00:01
        Wait-Until -What 'the end of the key' { -not (Get-AgentKey) }
    }

    It 'the agent asks before it uses a key with -ConfirmUse' {
        Add-BwSshKey 'made Ed25519' -ConfirmUse -Lifetime 1:00:00
        Join-Path $folder asked | Should -Not -Exist
        $public = Join-Path $folder made.pub
        Set-Content $public $made['made Ed25519'].Values.publicKey.RevealText()
        ssh-add -T $public 2>$null
        $LASTEXITCODE | Should -Not -Be 0 -Because 'the user said no'
        Join-Path $folder asked | Should -Exist
        ssh-add -T $public 2>$null
        $LASTEXITCODE | Should -Be 0
    }

    It 'a name shows no control characters in the agent' {
        $null = New-BwItem "odd`e[31m`nname" -SshKey
        Add-BwSshKey -Item (Get-BwItem -Search odd)
        Get-AgentKey | Should -BeLike '* odd\u001B?31m\u000Aname'
    }

    It 'an item that wants the master password again wants it here too' {
        $null = New-BwItem 'guarded key' -SshKey -Reprompt
        { Add-BwSshKey 'guarded key' -MasterPassword (ConvertTo-TestSecret wrong) } | Should -Throw -ErrorId 'InvalidMasterPassword,*'
        Get-AgentKey | Should -BeNullOrEmpty
        Add-BwSshKey 'guarded key' -MasterPassword (Get-MasterPassword)
        Remove-BwSshKey 'guarded key'
        Add-BwSshKey 'guarded key' -SkipReprompt
        @(Get-AgentKey).Count | Should -Be 1
    }

    It 'an agent that is locked is SshAgentRefused, and the next key is tried' {
        # ssh-add asks for the lock's password at a terminal only; the request (22) is as short.
        $socket = [Net.Sockets.Socket]::new('Unix', 'Stream', 'Unspecified')
        $socket.Connect([Net.Sockets.UnixDomainSocketEndPoint]::new($env:SSH_AUTH_SOCK))
        $null = $socket.Send([byte[]] (0, 0, 0, 6, 22, 0, 0, 0, 1, 120)), $socket.Receive([byte[]]::new(5))
        Add-BwSshKey 'made Ed25519', 'made RSA' -ErrorAction SilentlyContinue -ErrorVariable failures
        $null = $socket.Send([byte[]] (0, 0, 0, 6, 23, 0, 0, 0, 1, 120)), $socket.Receive([byte[]]::new(5))
        $socket.Dispose()
        $failures.FullyQualifiedErrorId | Should -Be (@('SshAgentRefused,Bitwarden.PowerShell.Commands.AddBwSshKeyCommand') * 2)
        $failures[0].TargetObject | Should -Be 'made Ed25519'
    }
}

Describe 'A log-in to a real sshd' -Skip:$noServer {
    BeforeAll {
        $env:SSH_AUTH_SOCK = Start-Agent login
        $hostKey = New-KeyFile host ('-t', 'ed25519')
        # Each key can do one thing only: say which it is.
        $lines = foreach ($name in 'made Ed25519', 'made RSA', 'file Ed25519 encrypted', 'file RSA encrypted') {
            "command=`"echo as-$($name -replace ' ', '-')`",restrict $($made[$name].Values.publicKey.RevealText())"
        }
        Set-Content "$folder/authorized" $lines
        $port = & {
            $listener = [Net.Sockets.TcpListener]::new([ipaddress]::Loopback, 0)
            $listener.Start()
            $listener.LocalEndpoint.Port
            $listener.Stop()
        }
        Set-Content "$folder/sshd_config" "Port $port", 'ListenAddress 127.0.0.1', "HostKey $hostKey", 'PidFile none', 'UsePAM no', 'StrictModes no',
        "AuthorizedKeysFile $folder/authorized", 'AuthenticationMethods publickey', 'PermitRootLogin yes'
        # An sshd of root wants this folder, which the system makes where sshd is a service.
        $isOurs = (id -u) -eq 0 -and -not (Test-Path /run/sshd)
        if ($isOurs) { $null = New-Item -ItemType Directory /run/sshd }
        $sshd = Start-Own /usr/sbin/sshd ('-D', '-e', '-f', "$folder/sshd_config")
        Wait-Until -What 'sshd' {
            if ($sshd.HasExited) { throw "sshd ended: $($sshd.Problems.Result)" }
            $client = [Net.Sockets.TcpClient]::new()
            try { $client.Connect('127.0.0.1', $port); $true } catch { $false } finally { $client.Dispose() }
        }

        function Connect-Server {
            $options = "Port=$port", 'BatchMode=yes', 'StrictHostKeyChecking=accept-new', "UserKnownHostsFile=$folder/known", 'IdentityFile=none',
            'PreferredAuthentications=publickey', 'ConnectTimeout=10', 'LogLevel=ERROR', 'KexAlgorithms=curve25519-sha256'
            ssh -F none ($options | ForEach-Object { "-o$_" }) 127.0.0.1 2>&1 | ForEach-Object { "$_" }
        }
    }

    AfterAll {
        if ($isOurs) { Remove-Item /run/sshd }
    }

    BeforeEach {
        ssh-add -D 2>$null
    }

    It 'without a key is refused' {
        Connect-Server | Should -BeLike '*Permission denied*'
    }

    It 'with the key of <_> works while the agent has it' -ForEach @(
        'made Ed25519', 'made RSA', 'file Ed25519 encrypted', 'file RSA encrypted'
    ) {
        Add-BwSshKey $_
        Connect-Server | Should -Be "as-$($_ -replace ' ', '-')"
        Remove-BwSshKey $_
        Connect-Server | Should -BeLike '*Permission denied*'
    }

    It 'with a key that the server does not know is refused' {
        Add-BwSshKey 'file Ed25519'
        Connect-Server | Should -BeLike '*Permission denied*'
    }
}

Describe 'Add-BwSshKey' {
    BeforeAll {
        $null = New-BwItem plain -SshKey
        $text = "-----BEGIN OPENSSH PRIVATE KEY-----`nbm9uZQ==`n-----END OPENSSH PRIVATE KEY-----"
        $null = New-BwItem broken-key -SshKey -PrivateKey (ConvertTo-TestSecret $text)
        $null = New-BwItem empty-key -SshKey -PublicKey 'ssh-ed25519 AAAA'
    }

    AfterEach {
        $env:SSH_AUTH_SOCK = $agentBefore
    }

    It '<Name> is <Id>, and the next one is tried' -TestCases @(
        @{ Name = 'prod-sql'; Id = 'InvalidSshKey' }
        @{ Name = 'plain#publicKey'; Id = 'InvalidSshKey' }
        @{ Name = 'broken-key'; Id = 'InvalidSshKey' }
        @{ Name = 'empty-key'; Id = 'SecretNotFound' }
        @{ Name = 'no such key'; Id = 'ItemNotFound' }
    ) {
        foreach ($cmdlet in 'Add-BwSshKey', 'Remove-BwSshKey') {
            & $cmdlet $Name, 'no such thing' -ErrorAction SilentlyContinue -ErrorVariable failures
            $failures.FullyQualifiedErrorId | ForEach-Object { ($_ -split ',')[0] } | Should -Be $Id, 'ItemNotFound'
        }
    }

    It 'without an agent is SshAgentNotAvailable: <What>' -Skip:$IsWindows -TestCases @(
        @{ What = 'not set'; Value = $null }
        @{ What = 'blank'; Value = '  ' }
        @{ What = 'nobody there'; Value = '/nowhere/agent' }
        @{ What = 'no socket'; Value = '/dev/null' }
        @{ What = 'longer than an address'; Value = '/' + 'x' * 5000 }
    ) {
        $env:SSH_AUTH_SOCK = $Value
        foreach ($cmdlet in 'Add-BwSshKey', 'Remove-BwSshKey') {
            $failure = { & $cmdlet plain } | Should -Throw -ErrorId 'SshAgentNotAvailable,*' -PassThru
            $failure.CategoryInfo.Category | Should -Be ResourceUnavailable
            $failure.Exception.Message | Should -BeLike '*Start ssh-agent, and set SSH_AUTH_SOCK*'
        }
    }

    It '-Lifetime <Value> is refused' -TestCases @(
        @{ Value = 0 }, @{ Value = -1 }, @{ Value = 1.5 }, @{ Value = '' }, @{ Value = $null }, @{ Value = 'an hour' }, @{ Value = '00:00:00.5' }
        @{ Value = [timespan]::FromTicks(15000000) }, @{ Value = [long] [uint]::MaxValue + 1 }, @{ Value = [timespan]::MaxValue }, @{ Value = '1:00:00x' }
    ) {
        { Add-BwSshKey plain -Lifetime $Value -WhatIf } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
    }

    It 'completes names of SSH keys only' {
        $line = 'Add-BwSshKey p'
        (TabExpansion2 -inputScript $line -cursorColumn $line.Length).CompletionMatches.CompletionText | Should -Be 'plain'
    }

    It 'a locked vault is VaultLocked' {
        Lock-BwVault
        { Add-BwSshKey plain } | Should -Throw -ErrorId 'VaultLocked,*'
        Unlock-BwVault (Get-MasterPassword)
    }
}
