# What a real agent does with it is in Add-BwSshKey.Tests.ps1, which has one.
BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    Import-BitwardenModule
    $server = Start-TestServer
    $session = Connect-TestAccount $server -Unlock
    $item = New-BwItem plain -SshKey -Reprompt
    $agentBefore = $env:SSH_AUTH_SOCK
    $env:SSH_AUTH_SOCK = Join-Path ([IO.Path]::GetTempPath()) "bw-agent-$([guid]::NewGuid().ToString('N'))"

    # An agent of one request. What it got comes from the job.
    function Start-FalseAgent([byte[]] $Answer) {
        $listener = [Net.Sockets.Socket]::new('Unix', 'Stream', 'Unspecified')
        $listener.Bind([Net.Sockets.UnixDomainSocketEndPoint]::new($env:SSH_AUTH_SOCK))
        $listener.Listen(1)
        Start-ThreadJob {
            $client = ($using:listener).Accept()
            $buffer = [byte[]]::new(8192)
            $length = $client.Receive($buffer)
            $null = $client.Send([byte[]] $using:Answer)
            $client.Dispose()
            ($using:listener).Dispose()
            [Convert]::ToBase64String($buffer, 0, $length)
        }
    }
}

AfterAll {
    $env:SSH_AUTH_SOCK = $agentBefore
    Disconnect-BwSession -All
    Stop-TestServer $server
}

Describe 'Remove-BwSshKey' -Skip:$IsWindows {
    AfterEach {
        if (Test-Path $env:SSH_AUTH_SOCK) { Remove-Item $env:SSH_AUTH_SOCK }
    }

    It 'sends the public part alone, and asks for no master password' {
        $job = Start-FalseAgent (0, 0, 0, 1, 6)
        Remove-BwSshKey plain
        $sent = [Convert]::FromBase64String(($job | Receive-Job -Wait -AutoRemoveJob))
        $blob = [Convert]::FromBase64String(($item.Values.publicKey.RevealText() -split ' ')[1])
        $sent | Should -Be ([byte[]] (0, 0, 0, 56, 18, 0, 0, 0, 51) + $blob)
    }

    It 'an agent that does not have the key is SshAgentRefused' {
        $job = Start-FalseAgent (0, 0, 0, 1, 5)
        $failure = { Remove-BwSshKey plain -ErrorAction Stop } | Should -Throw -ErrorId 'SshAgentRefused,*' -PassThru
        $failure.CategoryInfo.Category | Should -Be PermissionDenied
        $failure.Exception.Message | Should -BeLike '*does not have it*ssh-add -l*'
        $null = $job | Receive-Job -Wait -AutoRemoveJob
    }

    It 'what answers nonsense is SshAgentNotAvailable' {
        $job = Start-FalseAgent ([Text.Encoding]::ASCII.GetBytes('HTTP/1.1 400 Bad Request'))
        { Remove-BwSshKey plain } | Should -Throw -ErrorId 'SshAgentNotAvailable,*'
        $null = $job | Receive-Job -Wait -AutoRemoveJob
    }

    It '-WhatIf asks no agent' {
        { Remove-BwSshKey plain -WhatIf } | Should -Not -Throw
    }
}
