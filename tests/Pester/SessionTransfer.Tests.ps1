BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    Import-BitwardenModule
    $server = Start-TestServer
    $email = 'weak@example.org'

    function Connect-Password([hashtable] $More = @{}) {
        Connect-BwAccount $server.Url -Email $email -MasterPassword (Get-MasterPassword $email) -NonInteractive @More
    }

    function Set-TokenLifetime([double] $Seconds) {
        $null = Invoke-TestServer $server POST /token-lifetime @{ seconds = $Seconds }
    }

    function Get-Failure([scriptblock] $Script) {
        try { $null = & $Script } catch { $_ }
    }
}

AfterAll {
    Disconnect-BwSession -All
    Stop-TestServer $server
}

# One process takes up all sessions, since its start takes longer than what it does.
Describe 'A session in another process, by environment variables' {
    BeforeAll {
        $sessions = @{}
        $null = Connect-TestAccount $server $email -Unlock
        $sessions.BW_APIKEY_SESSION = Export-BwSession -AsPlainText
        $sessions.BW_LOCKED_SESSION = Export-BwSession -AsPlainText -Locked
        $null = Connect-Password
        $sessions.BW_PASSWORD_SESSION = Export-BwSession -AsPlainText
        Set-TokenLifetime 1
        $null = Connect-TestAccount $server $email -Unlock
        $sessions.BW_EXPIRED_SESSION = Export-BwSession -AsPlainText
        $null = Connect-Password
        $sessions.BW_EXPIRED_PASSWORD_SESSION = Export-BwSession -AsPlainText
        Set-TokenLifetime 3600
        Move-ServerClock $server -Seconds 2
        $key = Get-TestAccount $server $email
        $otherKey = Get-TestAccount $server argon2@example.org
        Clear-ServerRequest $server
        $run = Invoke-FreshPwsh -Server $server -Environment $sessions -Arguments @{ Key = $key; OtherKey = $otherKey } {
            $seen = @{}
            function Add-Import([string] $Name, [string] $Variable, $Key) {
                $env:BW_CLIENTID = $Key.clientId
                $env:BW_CLIENTSECRET = $Key.clientSecret
                $env:BW_SERVER = $server.Url
                Clear-ServerRequest $server
                $session = $null
                $failure = try { $session = Import-BwSession ([Environment]::GetEnvironmentVariable($Variable)) } catch { $_ }
                $state = "$($session.State)"
                if ($state -eq 'Locked') { Unlock-BwVault (Get-MasterPassword weak@example.org) }
                $seen[$Name] = @{
                    State    = $state
                    Account  = $session.Account
                    ClientId = $session.ClientId
                    Secret   = if ($session) { Get-BwSecret small-sql -AsPlainText }
                    Id       = $failure.FullyQualifiedErrorId
                    Message  = $failure.Exception.Message
                    Grants   = @(Get-TokenRequest $server | ForEach-Object grant_type)
                    Count    = @(Get-BwSession).Count
                }
                Disconnect-BwSession -All
            }
            Add-Import ApiKey BW_APIKEY_SESSION
            Add-Import Locked BW_LOCKED_SESSION
            Add-Import Password BW_PASSWORD_SESSION
            Add-Import Expired BW_EXPIRED_SESSION
            Add-Import ExpiredWithKey BW_EXPIRED_SESSION $arguments.Key
            Add-Import ExpiredWithOtherKey BW_EXPIRED_SESSION $arguments.OtherKey
            Add-Import ExpiredPassword BW_EXPIRED_PASSWORD_SESSION
            $seen
        }
        $seen = $run.Result
    }

    AfterAll {
        Disconnect-BwSession -All
    }

    It 'of an API key is unlocked there, without a login' {
        $seen.ApiKey.State | Should -Be 'Unlocked'
        $seen.ApiKey.Secret | Should -BeExactly 'Sm4ll-sql!-weak'
        $seen.ApiKey.ClientId | Should -Be $key.clientId
        $seen.ApiKey.Grants | Should -BeNullOrEmpty
    }

    It 'of a password is unlocked there, without a login' {
        $seen.Password.State | Should -Be 'Unlocked'
        $seen.Password.Secret | Should -BeExactly 'Sm4ll-sql!-weak'
        $seen.Password.ClientId | Should -BeNullOrEmpty
        $seen.Password.Grants | Should -BeNullOrEmpty
    }

    It '-Locked is locked there, and opens with the master password' {
        $seen.Locked.State | Should -Be 'Locked'
        $seen.Locked.Secret | Should -BeExactly 'Sm4ll-sql!-weak'
    }

    It 'of an API key that has run out is SessionExpired, and leaves no session' {
        $seen.Expired.Id | Should -Be 'SessionExpired,Bitwarden.PowerShell.Commands.ImportBwSessionCommand'
        $seen.Expired.Message | Should -BeLike '*Connect-BwApiKey*'
        $seen.Expired.Count | Should -Be 0
    }

    It 'that has run out is renewed with BW_CLIENTID and BW_CLIENTSECRET' {
        $seen.ExpiredWithKey.State | Should -Be 'Unlocked'
        $seen.ExpiredWithKey.Secret | Should -BeExactly 'Sm4ll-sql!-weak'
        $seen.ExpiredWithKey.Grants | Should -Be 'client_credentials'
    }

    It 'that has run out is not renewed with another account''s key' {
        $seen.ExpiredWithOtherKey.Id | Should -Be 'SessionExpired,Bitwarden.PowerShell.Commands.ImportBwSessionCommand'
        $seen.ExpiredWithOtherKey.Grants | Should -BeNullOrEmpty
    }

    It 'of a password that has run out is renewed by its refresh token' {
        $seen.ExpiredPassword.State | Should -Be 'Unlocked'
        $seen.ExpiredPassword.Grants | Should -Be 'refresh_token'
    }

    It 'is not written to the output' {
        foreach ($text in $sessions.Values) { $run.Output.Contains($text.Substring(5, 20)) | Should -BeFalse }
    }
}

Describe 'An exported session' {
    BeforeAll {
        $session = Connect-TestAccount $server $email -Unlock
        $token = Export-BwSession -AsPlainText
    }

    It 'is one line that an environment variable can hold' {
        $token | Should -Match '^bws1\.[A-Za-z0-9+/=]+$'
    }

    It 'may have white space around it' {
        (Import-BwSession " $token `n").State | Should -Be 'Unlocked'
    }

    It 'fails with InvalidSessionToken when it is <Case>, without any request' -TestCases @(
        @{ Case = 'changed at its start'; Change = { $token.Substring(0, 6) + $(if ($token[6] -eq 'A') { 'B' } else { 'A' }) + $token.Substring(7) } }
        @{
            Case   = 'changed in the middle'
            Change = { $at = $token.Length / 2; $token.Substring(0, $at) + $(if ($token[$at] -eq 'A') { 'B' } else { 'A' }) + $token.Substring($at + 1) }
        }
        @{ Case = 'cut by four characters'; Change = { $token.Substring(0, $token.Length - 4) } }
        @{ Case = 'cut to its prefix'; Change = { 'bws1.' } }
        @{ Case = 'cut to its key'; Change = { $token.Substring(0, 93) } }
        @{ Case = 'without its prefix'; Change = { $token.Substring(5) } }
        @{ Case = 'of another version'; Change = { 'bws9.' + $token.Substring(5) } }
        @{ Case = 'twice'; Change = { $token + $token } }
    ) {
        $wrong = & $Change
        $wrong | Should -Not -Be $token
        Clear-ServerRequest $server
        $failure = Get-Failure { Import-BwSession $wrong }
        $failure.FullyQualifiedErrorId | Should -Be 'InvalidSessionToken,Bitwarden.PowerShell.Commands.ImportBwSessionCommand'
        $failure.ToString().Contains($wrong) | Should -BeFalse
        Get-ServerRequest $server | Should -BeNullOrEmpty
    }

    It 'does not take the place of the current one when it is invalid' {
        $current = Get-BwSession -Current
        $null = Get-Failure { Import-BwSession 'bws1.AAAA' }
        Get-BwSession -Current | Should -Be $current
        $current.State | Should -Be 'Unlocked'
    }

    It 'of a locked vault fails with VaultLocked, unless -Locked' {
        $null = Connect-TestAccount $server $email
        { Export-BwSession } | Should -Throw -ErrorId 'VaultLocked,Bitwarden.PowerShell.Commands.ExportBwSessionCommand'
        (Import-BwSession (Export-BwSession -Locked)).State | Should -Be 'Locked'
    }

    It 'of a disconnected session fails with SessionDisconnected' {
        Disconnect-BwSession $session
        { Export-BwSession -Session $session } | Should -Throw -ErrorId 'SessionDisconnected,Bitwarden.PowerShell.Commands.ExportBwSessionCommand'
    }
}

Describe 'A vault behind a Key Connector, exported' {
    It 'is unlocked where it is imported' {
        $account = Get-TestAccount $server keyconnector@example.org
        $secret = ConvertTo-TestSecret $account.clientSecret
        $null = Connect-BwApiKey $server.HttpsUrl -CertificateAuthority $server.CaPath -ClientId $account.clientId -ClientSecret $secret
        Unlock-BwVault -KeyConnectorUrl "$($server.HttpsUrl)/key-connector" -NonInteractive
        (Import-BwSession (Export-BwSession) -CertificateAuthority $server.CaPath).State | Should -Be 'Unlocked'
        Get-BwSecret small-sql -AsPlainText | Should -BeExactly 'Sm4ll-sql!-connector'
        Disconnect-BwSession -All
    }
}

Describe 'A vault behind a Key Connector' {
    BeforeAll {
        $connector = "$($server.HttpsUrl)/key-connector"
        $account = Get-TestAccount $server keyconnector@example.org
        $secret = ConvertTo-TestSecret $account.clientSecret
        $session = Connect-BwApiKey $server.HttpsUrl -CertificateAuthority $server.CaPath -ClientId $account.clientId -ClientSecret $secret
    }

    BeforeEach {
        Lock-BwVault
        Clear-ServerRequest $server
    }

    It 'opens when -KeyConnectorUrl confirms it' {
        Unlock-BwVault -KeyConnectorUrl $connector -NonInteractive
        $session.State | Should -Be 'Unlocked'
        Get-BwSecret small-sql -AsPlainText | Should -BeExactly 'Sm4ll-sql!-connector'
    }

    It 'opens with a slash at the end of the address too' {
        Unlock-BwVault -KeyConnectorUrl "$connector/" -NonInteractive
        $session.State | Should -Be 'Unlocked'
    }

    It 'fails with KeyConnectorNotConfirmed without, which has the address, and sends the connector nothing' {
        $failure = Get-Failure { Unlock-BwVault -NonInteractive }
        $failure.FullyQualifiedErrorId | Should -Be 'KeyConnectorNotConfirmed,Bitwarden.PowerShell.Commands.UnlockBwVaultCommand'
        $failure.Exception.Message.Contains("-KeyConnectorUrl $connector") | Should -BeTrue
        $failure.Exception.Message.Contains("Key Connector at $connector,") | Should -BeTrue
        Get-ServerRequest $server /key-connector | Should -BeNullOrEmpty
        $session.State | Should -Be 'Locked'
    }

    It '<Address> fails with InvalidServer, and nothing is sent' -TestCases @(
        @{ Address = 'http://keys.example.org' }
        @{ Address = 'http://127.0.0.1' }
        @{ Address = 'keys.example.org' }
        @{ Address = 'ftp://keys.example.org' }
        @{ Address = 'https://keys.example.org@192.0.2.1' }
        @{ Address = 'https://keys.example.org/?a=b' }
    ) {
        { Unlock-BwVault -KeyConnectorUrl $Address -NonInteractive } |
            Should -Throw -ErrorId 'InvalidServer,Bitwarden.PowerShell.Commands.UnlockBwVaultCommand'
        Get-ServerRequest $server | Should -BeNullOrEmpty
    }

    It 'at a closed port fails with ServerUnreachable' {
        { Unlock-BwVault -KeyConnectorUrl https://127.0.0.1:1 -NonInteractive } |
            Should -Throw -ErrorId 'ServerUnreachable,Bitwarden.PowerShell.Commands.UnlockBwVaultCommand'
    }

    It 'is described by Get-BwAccount' {
        $described = Get-BwAccount -Session $session
        $described.UsesKeyConnector | Should -BeTrue
        $described.Kdf | Should -BeNullOrEmpty
    }

    It 'has no master password to log in with' {
        { Connect-BwAccount $server.Url -Email keyconnector@example.org -MasterPassword (ConvertTo-TestSecret any) -NonInteractive } |
            Should -Throw -ErrorId 'InvalidMasterPassword,Bitwarden.PowerShell.Commands.ConnectBwAccountCommand'
    }

    It 'is not asked for where the session has ended' {
        $ended = Connect-TestAccount $server keyconnector@example.org -More @{ Private = $true }
        Disconnect-BwSession $ended
        { Unlock-BwVault -NonInteractive -Session $ended } | Should -Throw -ErrorId 'SessionDisconnected,Bitwarden.PowerShell.Commands.UnlockBwVaultCommand'
        Select-BwSession $session
    }

    # The last two change what the connector keeps.
    It 'is not opened by a connector that redirects, and the redirect is not followed' {
        $null = Invoke-TestServer $server POST /accounts/keyconnector@example.org/key-connector @{ redirect = "$($server.HttpsUrl)/elsewhere" }
        { Unlock-BwVault -KeyConnectorUrl $connector -NonInteractive -Session $session } |
            Should -Throw -ErrorId 'UnexpectedResponse,Bitwarden.PowerShell.Commands.UnlockBwVaultCommand'
        Get-ServerRequest $server /elsewhere | Should -BeNullOrEmpty
        $session.State | Should -Be 'Locked'
    }

    It 'is not opened by a key that is not its own' {
        $wrong = [Convert]::ToBase64String([byte[]]::new(32))
        $null = Invoke-TestServer $server POST /accounts/keyconnector@example.org/key-connector @{ key = $wrong }
        { Unlock-BwVault -KeyConnectorUrl $connector -NonInteractive -Session $session } |
            Should -Throw -ErrorId 'DecryptionFailed,Bitwarden.PowerShell.Commands.UnlockBwVaultCommand'
        $session.State | Should -Be 'Locked'
    }
}

Describe 'An account with trusted devices only' {
    BeforeAll {
        $session = Connect-TestAccount $server tde@example.org
    }

    It 'fails with NoMasterPassword at the unlock, before anybody is asked' {
        $failure = Get-Failure { Unlock-BwVault -NonInteractive }
        $failure.FullyQualifiedErrorId | Should -Be 'NoMasterPassword,Bitwarden.PowerShell.Commands.UnlockBwVaultCommand'
        $failure.Exception.Message | Should -BeLike '*trusted devices*'
    }

    It 'fails with NoMasterPassword with a password too' {
        { Unlock-BwVault (ConvertTo-TestSecret any) } | Should -Throw -ErrorId 'NoMasterPassword,Bitwarden.PowerShell.Commands.UnlockBwVaultCommand'
    }

    It 'is described by Get-BwAccount' {
        $account = Get-BwAccount
        $account.Email | Should -Be 'tde@example.org'
        $account.Kdf | Should -BeNullOrEmpty
        $account.UsesKeyConnector | Should -BeFalse
    }

    It 'can be carried over locked' {
        (Import-BwSession (Export-BwSession -Locked)).State | Should -Be 'Locked'
    }
}

Describe 'Get-BwAccount of a password session' {
    BeforeAll {
        $null = Connect-Password
        $account = Get-BwAccount
    }

    It 'tells who and where' {
        $account.Email | Should -Be $email
        $account.Name | Should -Be 'Walter Weak'
        $account.Server | Should -Be $server.Url
    }

    It 'tells what is off' {
        $account.Premium | Should -BeFalse
        $account.EmailVerified | Should -BeFalse
        $account.TwoFactorEnabled | Should -BeFalse
        $account.UsesKeyConnector | Should -BeFalse
    }

    It 'tells that the KDF is weaker than recommended' {
        $account.Kdf.Iterations | Should -Be 100000
        $account.KdfMeetsRecommendation | Should -BeFalse
    }

    It 'tells when two-step login is on' {
        Set-LoginRule $server $email @{ twoFactorCode = '246810' }
        Sync-BwVault -Force
        (Get-BwAccount).TwoFactorEnabled | Should -BeTrue
        Set-LoginRule $server $email
    }
}

Describe 'Test-BwConnection step by step' {
    It 'names its steps, and passes all at https' {
        $steps = Test-BwConnection $server.HttpsUrl -CertificateAuthority $server.CaPath
        $steps.Name | Should -Be 'Proxy', 'Address', 'TLS', 'Server', 'Clock', 'Identity'
        $steps.Status | Select-Object -Unique | Should -Be 'Passed'
    }

    It 'warns of http' {
        (Test-BwConnection $server.Url | Where-Object Name -EQ 'TLS').Status | Should -Be 'Warning'
    }

    It 'stops at an unknown certificate authority, and names the parameter' {
        $steps = Test-BwConnection $server.HttpsUrl
        $steps.Status | Should -Be 'Passed', 'Passed', 'Failed', 'Skipped', 'Skipped', 'Skipped'
        $steps[2].Detail | Should -BeLike '*-CertificateAuthority*'
    }

    It 'stops at a closed port' {
        $steps = Test-BwConnection https://127.0.0.1:1
        $steps.Status | Should -Be 'Passed', 'Passed', 'Failed', 'Skipped', 'Skipped', 'Skipped'
    }

    It 'stops at a name that does not exist' {
        (Test-BwConnection https://no-such-host.invalid | Where-Object Status -EQ 'Failed').Name | Should -Be 'Address'
    }

    It 'stops at a server that answers something else' {
        Add-Fault $server /api/config Html
        (Test-BwConnection $server.Url | Where-Object Status -EQ 'Failed').Name | Should -Be 'Server'
        Clear-Fault $server
    }

    It 'stops at an identity service that cannot be reached' {
        $steps = Test-BwConnection $server.Url -IdentityUrl http://127.0.0.1:1
        ($steps | Where-Object Status -EQ 'Failed').Name | Should -Be 'Identity'
    }

    It 'reads BW_SERVER' {
        $env:BW_SERVER = $server.Url
        Test-BwConnection -Quiet | Should -BeTrue
        Clear-BwEnvironment
    }

    It '-Quiet makes an exit state: <Expected> for <Case>' -TestCases @(
        @{ Case = 'a server that answers'; Expected = 0; Port = $null }
        @{ Case = 'a closed port'; Expected = 1; Port = 1 }
    ) {
        $url = if ($Port) { "http://127.0.0.1:$Port" } else { $server.Url }
        $run = Invoke-FreshPwsh -Arguments @{ Url = $url } { exit [int](-not (Test-BwConnection $arguments.Url -Quiet)) }
        $run.ExitCode | Should -Be $Expected
    }
}
