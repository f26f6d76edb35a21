BeforeDiscovery {
    Import-Module $PSScriptRoot/TestServer.psm1
    $noTerminal = -not (Test-Terminal)
}

BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    Import-BitwardenModule
    $server = Start-TestServer
    $account = Get-TestAccount $server
    $secret = ConvertTo-TestSecret $account.clientSecret
}

AfterAll {
    Disconnect-BwSession -All
    Stop-TestServer $server
}

Describe 'Connect-BwApiKey' {
    BeforeAll {
        Clear-ServerRequest $server
        $session = Connect-BwApiKey $server.Url -ClientId $account.clientId -ClientSecret $secret
        $requests = Get-ServerRequest $server
    }

    AfterAll {
        Disconnect-BwSession $session
    }

    It 'writes the session, which is locked' {
        $session | Should -BeOfType Bitwarden.Core.Sessions.BitwardenSession
        $session.State | Should -Be 'Locked'
        $session.Account | Should -Be 'pbkdf2@example.org'
        $session.ClientId | Should -Be $account.clientId
        $session.Server.Name | Should -Be $server.Url
    }

    It 'makes the session current' {
        Get-BwSession -Current | Should -Be $session
    }

    It 'asks for one token' {
        @($requests | Where-Object path -EQ '/identity/connect/token').Count | Should -Be 1
    }

    It 'fetches no vault' {
        $requests | Where-Object path -Like '/api/sync*' | Should -BeNullOrEmpty
    }

    It 'sends a protocol version, not its own' {
        $token = $requests | Where-Object path -EQ '/identity/connect/token'
        $token.headers.'Bitwarden-Client-Version' | Should -Match '^20\d\d\.\d+\.\d+$'
    }
}

Describe 'Connect-BwApiKey: where the key comes from' {
    AfterEach {
        Clear-BwEnvironment
        Disconnect-BwSession -All
    }

    It 'reads BW_CLIENTID, BW_CLIENTSECRET and BW_SERVER' {
        $env:BW_CLIENTID = $account.clientId
        $env:BW_CLIENTSECRET = $account.clientSecret
        $env:BW_SERVER = $server.Url
        (Connect-BwApiKey).Account | Should -Be 'pbkdf2@example.org'
    }

    It 'prefers parameters to variables' {
        $env:BW_CLIENTID = 'user.00000000-0000-0000-0000-000000000009'
        $env:BW_CLIENTSECRET = 'wrong'
        $env:BW_SERVER = 'https://127.0.0.1:1'
        (Connect-BwApiKey $server.Url -ClientId $account.clientId -ClientSecret $secret).Account | Should -Be 'pbkdf2@example.org'
    }

    It 'takes a credential' {
        $credential = [pscredential]::new($account.clientId, $secret)
        (Connect-BwApiKey $server.Url -Credential $credential).Account | Should -Be 'pbkdf2@example.org'
    }

    It 'trims <Case> around the key' -TestCases @(
        @{ Case = 'white space'; Format = "  {0}`n" }
        @{ Case = 'double quotes'; Format = '"{0}"' }
        @{ Case = 'single quotes'; Format = "'{0}'" }
        @{ Case = 'quotes within white space'; Format = ' "{0}" ' }
    ) {
        $session = Connect-BwApiKey $server.Url -ClientId ($Format -f $account.clientId) -ClientSecret (ConvertTo-TestSecret ($Format -f $account.clientSecret))
        $session.ClientId | Should -Be $account.clientId
    }

    It 'accepts a client id in upper case' {
        (Connect-BwApiKey $server.Url -ClientId $account.clientId.ToUpperInvariant() -ClientSecret $secret).Account | Should -Be 'pbkdf2@example.org'
    }

    It 'leaves the secret that was given usable' {
        $own = ConvertTo-TestSecret $account.clientSecret
        $null = Connect-BwApiKey $server.Url -ClientId $account.clientId -ClientSecret $own
        $own.Length | Should -Be $account.clientSecret.Length
    }
}

Describe 'Connect-BwApiKey: options' {
    AfterEach {
        Disconnect-BwSession -All
    }

    It '-CertificateAuthority makes https work' {
        $session = Connect-BwApiKey $server.HttpsUrl -ClientId $account.clientId -ClientSecret $secret -CertificateAuthority $server.CaPath
        $session.Server.Name | Should -Be $server.HttpsUrl
    }

    It '-CertificateAuthority takes a path of the current location' {
        Push-Location (Split-Path $server.CaPath)
        try {
            $session = Connect-BwApiKey $server.HttpsUrl -ClientId $account.clientId -ClientSecret $secret -CertificateAuthority ./ca.pem
        }
        finally {
            Pop-Location
        }
        $session.Account | Should -Be 'pbkdf2@example.org'
    }

    It '-CertificateAuthority with another file fails with InvalidCertificateAuthority' {
        { Connect-BwApiKey $server.HttpsUrl -ClientId $account.clientId -ClientSecret $secret -CertificateAuthority $PSCommandPath } |
            Should -Throw -ErrorId 'InvalidCertificateAuthority,Bitwarden.PowerShell.Commands.ConnectBwApiKeyCommand'
    }

    It '-IdentityUrl and -ApiUrl replace what the server address implies' {
        $session = Connect-BwApiKey https://vault.example.org -ClientId $account.clientId -ClientSecret $secret `
            -IdentityUrl "$($server.Url)/identity" -ApiUrl "$($server.Url)/api"
        $session.Account | Should -Be 'pbkdf2@example.org'
    }

    It '-DeviceIdentifier that is no GUID fails with InvalidDeviceIdentifier' {
        { Connect-BwApiKey $server.Url -ClientId $account.clientId -ClientSecret $secret -DeviceIdentifier my-laptop } |
            Should -Throw -ErrorId 'InvalidDeviceIdentifier,Bitwarden.PowerShell.Commands.ConnectBwApiKeyCommand'
    }

    It '-IdleTimeout locks the vault after that time' {
        $session = Connect-TestAccount $server -Unlock -More @{ IdleTimeout = [timespan]::FromSeconds(1) }
        Wait-Until -What 'the idle lock' { $session.State -eq 'Locked' }
        { Get-BwItem } | Should -Throw -ErrorId 'VaultLocked,Bitwarden.PowerShell.Commands.GetBwItemCommand'
    }

    It '-IdleTimeout zero means never' {
        (Connect-TestAccount $server -More @{ IdleTimeout = [timespan]::Zero }).IdleTimeout | Should -BeNullOrEmpty
    }

    It '-IdleTimeout <Given> is <Expected>' -TestCases @(
        @{ Given = 15; Expected = '00:15:00' }
        @{ Given = '15'; Expected = '00:15:00' }
        @{ Given = 0.5; Expected = '00:00:30' }
        @{ Given = '1.5'; Expected = '00:01:30' }
        @{ Given = [long] 90; Expected = '01:30:00' }
        @{ Given = '00:15:00'; Expected = '00:15:00' }
        @{ Given = [timespan]::FromSeconds(1); Expected = '00:00:01' }
        @{ Given = [timespan]::FromDays(60); Expected = '60.00:00:00' }
        @{ Given = 86400000; Expected = '60000.00:00:00' }
        @{ Given = 0; Expected = '' }
        @{ Given = '0'; Expected = '' }
    ) {
        $session = Connect-TestAccount $server -Unlock -More @{ IdleTimeout = $Given }
        "$($session.IdleTimeout)" | Should -Be $Expected
        $session.State | Should -Be 'Unlocked'
    }

    It '-IdleTimeout <Given> is refused' -TestCases @(
        @{ Given = -1 }
        @{ Given = '-1' }
        @{ Given = '-00:15:00' }
        @{ Given = 0.001 }
        @{ Given = [timespan]::FromTicks(15) }
        @{ Given = [timespan]::FromMilliseconds(999) }
        @{ Given = 'soon' }
        @{ Given = '1:2:3:4:5' }
        @{ Given = [double]::NaN }
        @{ Given = [double]::PositiveInfinity }
        @{ Given = 1e300 }
        @{ Given = $true }
        @{ Given = $null }
        @{ Given = '' }
    ) {
        { Connect-TestAccount $server -More @{ IdleTimeout = $Given } } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
    }

    It '-Private marks the session' {
        (Connect-TestAccount $server -More @{ Private = $true }).IsPrivate | Should -BeTrue
    }

    It 'takes the place of the session of the same account' {
        $first = Connect-TestAccount $server -Unlock
        $second = Connect-TestAccount $server
        $first.State | Should -Be 'Disconnected'
        Get-BwSession | Should -Be $second
    }

    It 'keeps the session of another account' {
        $first = Connect-TestAccount $server
        $second = Connect-TestAccount $server argon2@example.org
        $first.State | Should -Be 'Locked'
        Get-BwSession -Current | Should -Be $second
        @(Get-BwSession).Count | Should -Be 2
    }

    It 'keeps the old session when the new login fails' {
        $first = Connect-TestAccount $server -Unlock
        { Connect-BwApiKey $server.Url -ClientId $account.clientId -ClientSecret (ConvertTo-TestSecret wrong) } | Should -Throw
        $first.State | Should -Be 'Unlocked'
        Get-BwSession -Current | Should -Be $first
    }
}

Describe 'Connect-BwApiKey beside many others' {
    AfterEach {
        Disconnect-BwSession -All
        $null = Invoke-TestServer $server POST '/token-rate' @{ perMinute = $null }
    }

    It 'begins within -StartWithin, and says when' {
        $said = Connect-BwApiKey $server.Url -ClientId $account.clientId -ClientSecret (ConvertTo-TestSecret $account.clientSecret) `
            -StartWithin 0:00:00.2 -Verbose 4>&1
        "$said" | Should -Match 'Beginning in 0 seconds'
        (Get-BwSession -Current).State | Should -Be 'Locked'
    }

    It '-StartWithin <_> is no time to begin within' -ForEach 30, '30', '00:00:00', '-00:00:10', '1.00:00:01' {
        { Connect-BwApiKey $server.Url -StartWithin $_ } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
    }

    It 'is told when to come back, if that does not fit -TimeoutSec' {
        $null = Invoke-TestServer $server POST '/token-rate' @{ perMinute = 0 }
        $failure = try { Connect-TestAccount $server -ErrorAction Stop } catch { $_ }
        $failure.FullyQualifiedErrorId | Should -BeLike 'RateLimited,*'
        "$failure" | Should -Match 'Try again in \d+ seconds'
    }

    It 'needs one token request with unlocking, reading and syncing together' {
        Clear-ServerRequest $server
        $null = Connect-TestAccount $server -Unlock
        $null = Get-BwSecret prod-sql
        $null = Sync-BwVault
        @(Get-ServerRequest $server /identity/connect/token).Count | Should -Be 1
    }
}

Describe 'Connect-BwApiKey in a process of its own' {
    It 'has no idle timeout with standard input closed' {
        (Invoke-FreshPwsh -Server $server { "$((Connect-TestAccount $server).IdleTimeout)" }).Result | Should -Be ''
    }

    It 'has an idle timeout of <Expected> at a terminal with <Environment> <Option>' -Skip:$noTerminal -TestCases @(
        @{ Environment = @{}; Option = @(); Expected = '00:15:00' }
        @{ Environment = @{}; Option = @('-NonInteractive'); Expected = '' }
        @{ Environment = @{ CI = 'true' }; Option = @(); Expected = '' }
        @{ Environment = @{ TF_BUILD = 'True' }; Option = @(); Expected = '' }
    ) {
        $run = Invoke-FreshPwsh -Server $server -Environment $Environment -PowerShellOption $Option -Dialog @() {
            "$((Connect-TestAccount $server).IdleTimeout)"
        }
        $run.Result | Should -Be $Expected
    }
}

Describe 'Connect-BwApiKey to a server whose token answer holds only the token' {
    BeforeAll {
        $minimal = Start-TestServer '--minimal-token'
    }

    AfterAll {
        Disconnect-BwSession -All
        Stop-TestServer $minimal
    }

    It 'logs in and unlocks' {
        $null = Connect-TestAccount $minimal -Unlock
        Get-BwSecret prod-sql#username -AsPlainText | Should -Be 'sql_admin'
    }
}
