BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    Import-BitwardenModule
    $server = Start-TestServer
}

AfterAll {
    Disconnect-BwSession -All
    Stop-TestServer $server
}

Describe 'Test-BwConnection' {
    It 'passes every step at a server that answers' {
        $steps = Test-BwConnection $server.Url
        $steps.Count | Should -BeGreaterThan 1
        $steps.Status | Should -Not -Contain 'Failed'
    }

    It '-Quiet is true at a server that answers' {
        Test-BwConnection $server.Url -Quiet | Should -BeTrue
    }

    It '-Quiet is false at a closed port' {
        Test-BwConnection http://127.0.0.1:1 -Quiet | Should -BeFalse
    }

    It 'names the step that fails at an unknown certificate authority' {
        $failed = Test-BwConnection $server.HttpsUrl | Where-Object Status -EQ 'Failed'
        @($failed).Count | Should -BeGreaterThan 0
        "$($failed.Name)" | Should -Match 'TLS'
    }

    It '-CertificateAuthority makes https pass' {
        Test-BwConnection $server.HttpsUrl -CertificateAuthority $server.CaPath -Quiet | Should -BeTrue
    }

    It 'logs nobody in' {
        Clear-ServerRequest $server
        $null = Test-BwConnection $server.Url
        (Get-ServerRequest $server).headers.Authorization | Where-Object { $_ } | Should -BeNullOrEmpty
        Get-BwSession | Should -BeNullOrEmpty
    }

    It 'takes -<_> in the same way as the Connect cmdlets' -ForEach 'Server', 'IdentityUrl', 'ApiUrl' {
        $name = $_
        $forms = Get-Command Test-BwConnection, Connect-BwAccount, Connect-BwApiKey | ForEach-Object {
            $found = @($_.ParameterSets.Parameters | Where-Object Name -EQ $name)
            $found.Count | Should -BeGreaterThan 0
            $found | ForEach-Object { "$($_.ParameterType) $($_.Name), position $($_.Position), mandatory $($_.IsMandatory)" }
        }
        $forms | Select-Object -Unique | Should -HaveCount 1
    }

    It 'fails with InvalidServer for http to another host' {
        { Test-BwConnection http://vault.example.org } | Should -Throw -ErrorId 'InvalidServer,Bitwarden.PowerShell.Commands.TestBwConnectionCommand'
    }
}

Describe 'Test-BwConnection and sessions' {
    BeforeAll {
        $other = Start-TestServer
        $session = Connect-TestAccount $server
    }

    AfterAll {
        Disconnect-BwSession -All
        Stop-TestServer $other
    }

    It 'tests the server of the current session when none is named' {
        Clear-ServerRequest $server
        Test-BwConnection -Quiet | Should -BeTrue
        @(Get-ServerRequest $server /api/config).Count | Should -BeGreaterThan 0
    }

    It 'tests the server that is named, whatever the session' {
        Clear-ServerRequest $server
        Test-BwConnection $other.Url -Quiet | Should -BeTrue
        Get-ServerRequest $server | Should -BeNullOrEmpty
    }

    It '-Session and the pipeline name a session' {
        $elsewhere = Connect-TestAccount $other
        Clear-ServerRequest $server
        Test-BwConnection -Session $session -Quiet | Should -BeTrue
        $session | Test-BwConnection -Quiet | Should -BeTrue
        @(Get-ServerRequest $server /api/config).Count | Should -BeGreaterThan 0
        $elsewhere | Disconnect-BwSession
        Select-BwSession $session
    }

    It 'trusts the certificate authority of the session' {
        $account = Get-TestAccount $server
        $trusting = Connect-BwApiKey $server.HttpsUrl -ClientId $account.clientId `
            -ClientSecret (ConvertTo-TestSecret $account.clientSecret) -CertificateAuthority $server.CaPath
        Test-BwConnection -Session $trusting -Quiet | Should -BeTrue
        $trusting | Disconnect-BwSession
    }
}
