BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    Import-BitwardenModule
    $server = Start-TestServer
    $account = Get-TestAccount $server
    $email = 'pbkdf2@example.org'

    function Connect-With([string] $Server, [string] $ClientId, [string] $ClientSecret, [hashtable] $More = @{}) {
        Connect-BwApiKey $Server -ClientId $ClientId -ClientSecret (ConvertTo-TestSecret $ClientSecret) @More
    }

    function Set-Kdf([string] $Type, [int] $Iterations, [int] $MemoryMib, [int] $Parallelism) {
        $kdf = @{ type = $Type; iterations = $Iterations }
        if ($Type -eq 'Argon2id') { $kdf += @{ memoryMib = $MemoryMib; parallelism = $Parallelism } }
        $null = Invoke-TestServer $server POST "/accounts/$email/kdf" $kdf
    }
}

AfterAll {
    Disconnect-BwSession -All
    Stop-TestServer $server
}

Describe 'Errors of a client id' {
    BeforeEach {
        Clear-ServerRequest $server
    }

    It '<ClientId> fails with <Id> before any request' -TestCases @(
        @{ ClientId = 'organization.64b0f046-c756-8708-aaf2-6ecc3395edf0'; Id = 'OrganizationApiKey' }
        @{ ClientId = 'ORGANIZATION.64b0f046-c756-8708-aaf2-6ecc3395edf0'; Id = 'OrganizationApiKey' }
        @{ ClientId = 'organization.anything'; Id = 'OrganizationApiKey' }
        @{ ClientId = '64b0f046-c756-8708-aaf2-6ecc3395edf0'; Id = 'InvalidClientId' }
        @{ ClientId = 'user.not-a-guid'; Id = 'InvalidClientId' }
        @{ ClientId = 'user.64b0f046c7568708aaf26ecc3395edf0'; Id = 'InvalidClientId' }
        @{ ClientId = '"user.64b0f046-c756-8708-aaf2-6ecc3395edf0'; Id = 'InvalidClientId' }
        @{ ClientId = 'someone@example.org'; Id = 'InvalidClientId' }
    ) {
        { Connect-With $server.Url $ClientId 'some secret' } |
            Should -Throw -ErrorId "$Id,Bitwarden.PowerShell.Commands.ConnectBwApiKeyCommand"
        Get-ServerRequest $server | Should -BeNullOrEmpty
    }

    It 'is an InvalidArgument' {
        $failure = try { Connect-With $server.Url 'organization.x' 'some secret' } catch { $_ }
        $failure.CategoryInfo.Category | Should -Be 'InvalidArgument'
        $failure.Exception.Message | Should -BeLike "*personal API key*'user.'*"
    }
}

Describe 'Errors of a client secret' {
    It 'a wrong one fails with ApiKeyRejected and names rotation' {
        $failure = try { Connect-With $server.Url $account.clientId 'wrong' } catch { $_ }
        $failure.FullyQualifiedErrorId | Should -Be 'ApiKeyRejected,Bitwarden.PowerShell.Commands.ConnectBwApiKeyCommand'
        $failure.CategoryInfo.Category | Should -Be 'AuthenticationError'
        $failure.Exception.Message | Should -BeLike '*rotated*'
    }

    It 'a wrong one is sent once' {
        Clear-ServerRequest $server
        { Connect-With $server.Url $account.clientId 'wrong' } | Should -Throw
        @(Get-ServerRequest $server /identity).Count | Should -Be 1
    }

    It 'an unknown client id fails with ApiKeyRejected' {
        { Connect-With $server.Url 'user.00000000-0000-0000-0000-000000000009' 'wrong' } |
            Should -Throw -ErrorId 'ApiKeyRejected,Bitwarden.PowerShell.Commands.ConnectBwApiKeyCommand'
    }

    It 'a rotated one fails with ApiKeyRejected, the new one works' {
        $old = (Get-TestAccount $server argon2@example.org).clientSecret
        $new = (Invoke-TestServer $server POST '/accounts/argon2@example.org/rotate').clientSecret
        $clientId = (Get-TestAccount $server argon2@example.org).clientId
        { Connect-With $server.Url $clientId $old } | Should -Throw -ErrorId 'ApiKeyRejected,Bitwarden.PowerShell.Commands.ConnectBwApiKeyCommand'
        (Connect-With $server.Url $clientId $new).Account | Should -Be 'argon2@example.org'
    }

    It 'an empty one fails with ClientSecretMissing' {
        { Connect-BwApiKey $server.Url -ClientId $account.clientId -ClientSecret ([securestring]::new()) } |
            Should -Throw -ErrorId 'ClientSecretMissing,Bitwarden.PowerShell.Commands.ConnectBwApiKeyCommand'
    }

    It 'a blank one fails with ClientSecretMissing' {
        { Connect-With $server.Url $account.clientId '  ""  ' } |
            Should -Throw -ErrorId 'ClientSecretMissing,Bitwarden.PowerShell.Commands.ConnectBwApiKeyCommand'
    }
}

Describe 'Errors of what is missing, where nobody can be asked' {
    It 'client secret: ClientSecretMissing names BW_CLIENTSECRET and <Expected>' -TestCases @(
        @{ Environment = @{}; Expected = 'BW_CLIENTSECRET' }
        @{ Environment = @{ BW_SECRETCLIENT = 'x' }; Expected = 'BW_SECRETCLIENT' }
        @{ Environment = @{ 'BW_CLIËNTGEHEIM' = 'x' }; Expected = 'BW_CLIËNTGEHEIM' }
        @{ Environment = @{ 'BW_CLIËNTGEHEIM' = 'x'; LC_ALL = 'C' }; Expected = 'BW_CLI' }
    ) {
        $run = Invoke-FreshPwsh -Server $server -Environment $Environment -Arguments @{ ClientId = $account.clientId } {
            Clear-ServerRequest $server
            $failure = try { Connect-BwApiKey $server.Url -ClientId $arguments.ClientId } catch { $_ }
            @{ Id = $failure.FullyQualifiedErrorId; Message = $failure.Exception.Message; Requests = @(Get-ServerRequest $server).Count }
        }
        $run.Result.Id | Should -Be 'ClientSecretMissing,Bitwarden.PowerShell.Commands.ConnectBwApiKeyCommand'
        $run.Result.Message | Should -BeLike '*BW_CLIENTSECRET*'
        $run.Result.Message | Should -BeLike "*$Expected*"
        $run.Result.Message.Contains('that is not the name') | Should -Be ($Environment.Count -gt 0)
        $run.Result.Requests | Should -Be 0
    }

    It 'client id: ClientIdMissing; master password: MasterPasswordMissing' {
        $run = Invoke-FreshPwsh -Server $server {
            $clientId = try { Connect-BwApiKey $server.Url } catch { $_ }
            $session = Connect-TestAccount $server
            $password = try { Unlock-BwVault } catch { $_ }
            @{ ClientId = $clientId.FullyQualifiedErrorId; Password = $password.FullyQualifiedErrorId; State = "$($session.State)" }
        }
        $run.Result.ClientId | Should -Be 'ClientIdMissing,Bitwarden.PowerShell.Commands.ConnectBwApiKeyCommand'
        $run.Result.Password | Should -Be 'MasterPasswordMissing,Bitwarden.PowerShell.Commands.UnlockBwVaultCommand'
        $run.Result.State | Should -Be 'Locked'
    }
}

Describe 'Errors of the KDF' {
    AfterEach {
        Set-Kdf Pbkdf2Sha256 600000
        Disconnect-BwSession -All
    }

    It '<Type> <Iterations> <Memory> <Parallelism> fails with <Id>' -TestCases @(
        @{ Type = 'Pbkdf2Sha256'; Iterations = 1; Memory = 0; Parallelism = 0; Id = 'InsufficientKdf' }
        @{ Type = 'Pbkdf2Sha256'; Iterations = 4999; Memory = 0; Parallelism = 0; Id = 'InsufficientKdf' }
        @{ Type = 'Pbkdf2Sha256'; Iterations = 2000001; Memory = 0; Parallelism = 0; Id = 'ExcessiveKdf' }
        @{ Type = 'Argon2id'; Iterations = 1; Memory = 64; Parallelism = 4; Id = 'InsufficientKdf' }
        @{ Type = 'Argon2id'; Iterations = 3; Memory = 15; Parallelism = 4; Id = 'InsufficientKdf' }
        @{ Type = 'Argon2id'; Iterations = 3; Memory = 1025; Parallelism = 4; Id = 'ExcessiveKdf' }
        @{ Type = 'Argon2id'; Iterations = 11; Memory = 64; Parallelism = 4; Id = 'ExcessiveKdf' }
        @{ Type = 'Argon2id'; Iterations = 3; Memory = 64; Parallelism = 17; Id = 'ExcessiveKdf' }
    ) {
        Set-Kdf $Type $Iterations $Memory $Parallelism
        $session = Connect-TestAccount $server
        $failure = try { Unlock-BwVault (Get-MasterPassword) } catch { $_ }
        $failure.FullyQualifiedErrorId | Should -Be "$Id,Bitwarden.PowerShell.Commands.UnlockBwVaultCommand"
        $failure.CategoryInfo.Category | Should -Be 'SecurityError'
        $session.State | Should -Be 'Locked'
    }
}

Describe 'Errors of the connection' {
    It 'a closed port fails with ServerUnreachable' {
        $failure = try { Connect-With 'http://127.0.0.1:1' $account.clientId 'secret' } catch { $_ }
        $failure.FullyQualifiedErrorId | Should -Be 'ServerUnreachable,Bitwarden.PowerShell.Commands.ConnectBwApiKeyCommand'
        $failure.CategoryInfo.Category | Should -Be 'ConnectionError'
    }

    It 'a name that does not exist fails with ServerUnreachable' {
        { Connect-With 'https://no-such-host.invalid' $account.clientId 'secret' } |
            Should -Throw -ErrorId 'ServerUnreachable,Bitwarden.PowerShell.Commands.ConnectBwApiKeyCommand'
    }

    It 'an unknown certificate authority fails with TlsFailure' {
        { Connect-With $server.HttpsUrl $account.clientId $account.clientSecret } |
            Should -Throw -ErrorId 'TlsFailure,Bitwarden.PowerShell.Commands.ConnectBwApiKeyCommand'
    }

    It '<Server> fails with InvalidServer' -TestCases @(
        @{ Server = 'http://192.0.2.1' }
        @{ Server = 'http://vault.example.org' }
        @{ Server = 'ftp://vault.example.org' }
        @{ Server = 'https://user:password@vault.example.org' }
        @{ Server = 'https://vault.example.org/?a=b' }
        @{ Server = 'https://' }
    ) {
        { Connect-With $Server $account.clientId 'secret' } |
            Should -Throw -ErrorId 'InvalidServer,Bitwarden.PowerShell.Commands.ConnectBwApiKeyCommand'
    }

    It 'http to localhost is no error' {
        $port = ([uri] $server.Url).Port
        (Connect-With "http://localhost:$port" $account.clientId $account.clientSecret).Account | Should -Be $email
    }
}

Describe 'Errors of the server' {
    AfterEach {
        Clear-Fault $server
    }

    It 'login: <Kind> fails with <Id>' -TestCases @(
        @{ Kind = 'Html'; Id = 'UnexpectedResponse'; Category = 'InvalidResult'; More = @{} }
        @{ Kind = 'HtmlForbidden'; Id = 'UnexpectedResponse'; Category = 'InvalidResult'; More = @{} }
        @{ Kind = 'TruncatedJson'; Id = 'UnexpectedResponse'; Category = 'InvalidResult'; More = @{} }
        @{ Kind = 'Redirect'; Id = 'UnexpectedResponse'; Category = 'InvalidResult'; More = @{} }
        @{ Kind = 'TooManyRequests'; Id = 'RateLimited'; Category = 'ResourceUnavailable'; More = @{} }
        @{ Kind = 'ServerError'; Id = 'ServerError'; Category = 'ResourceUnavailable'; More = @{} }
        @{ Kind = 'ServiceUnavailable'; Id = 'ServerError'; Category = 'ResourceUnavailable'; More = @{} }
        @{ Kind = 'BrokenConnection'; Id = 'ServerUnreachable'; Category = 'ConnectionError'; More = @{} }
        @{ Kind = 'Hang'; Id = 'ServerTimeout'; Category = 'OperationTimeout'; More = @{ TimeoutSec = 1 } }
    ) {
        Add-Fault $server /identity/connect/token $Kind
        Clear-ServerRequest $server
        $failure = try { Connect-With $server.Url $account.clientId $account.clientSecret $More } catch { $_ }
        $failure.FullyQualifiedErrorId | Should -Be "$Id,Bitwarden.PowerShell.Commands.ConnectBwApiKeyCommand"
        $failure.CategoryInfo.Category | Should -Be $Category
        @(Get-ServerRequest $server /identity/connect/token).Count | Should -Be 1
    }

    It 'first fetch: <Kind> fails with <Id> and leaves the vault locked' -TestCases @(
        @{ Kind = 'Html'; Id = 'UnexpectedResponse'; More = @{} }
        @{ Kind = 'TruncatedJson'; Id = 'UnexpectedResponse'; More = @{} }
        @{ Kind = 'Redirect'; Id = 'UnexpectedResponse'; More = @{} }
        @{ Kind = 'TooManyRequests'; Id = 'RateLimited'; More = @{ retryAfterSeconds = 60 } }
        @{ Kind = 'ServerError'; Id = 'ServerError'; More = @{} }
    ) {
        $session = Connect-TestAccount $server
        Add-Fault $server /api/sync $Kind $More
        { Unlock-BwVault (Get-MasterPassword) } | Should -Throw -ErrorId "$Id,Bitwarden.PowerShell.Commands.UnlockBwVaultCommand"
        $session.State | Should -Be 'Locked'
    }

    It 'first fetch: no answer fails with ServerTimeout' {
        $session = Connect-TestAccount $server -More @{ TimeoutSec = 1 }
        Add-Fault $server /api/sync Hang
        { Unlock-BwVault (Get-MasterPassword) } | Should -Throw -ErrorId 'ServerTimeout,Bitwarden.PowerShell.Commands.UnlockBwVaultCommand'
        $session.State | Should -Be 'Locked'
    }

    It 'a passing 503 is no error' {
        $session = Connect-TestAccount $server
        Add-Fault $server /api/sync ServiceUnavailable @{ times = 1 }
        Unlock-BwVault (Get-MasterPassword)
        $session.State | Should -Be 'Unlocked'
    }

    It 'attachment: <Kind> fails with <Id>' -TestCases @(
        @{ Kind = 'Html'; Id = 'UnexpectedResponse' }
        @{ Kind = 'ServerError'; Id = 'ServerError' }
    ) {
        $null = Connect-TestAccount $server -Unlock
        Add-Fault $server /api/ciphers $Kind
        { Get-BwSecret 'with attachment#attachment:cert.pfx' -ErrorAction Stop } |
            Should -Throw -ErrorId "$Id,Bitwarden.PowerShell.Commands.GetBwSecretCommand"
    }
}

Describe 'Errors of a session' {
    It 'without one: <Name> fails with NotConnected' -TestCases @(
        @{ Name = 'Get-BwItem'; Class = 'GetBwItemCommand'; Command = { Get-BwItem } }
        @{ Name = 'Get-BwSecret'; Class = 'GetBwSecretCommand'; Command = { Get-BwSecret x } }
        @{ Name = 'Unlock-BwVault'; Class = 'UnlockBwVaultCommand'; Command = { Unlock-BwVault } }
        @{ Name = 'Sync-BwVault'; Class = 'SyncBwVaultCommand'; Command = { Sync-BwVault } }
    ) {
        Disconnect-BwSession -All
        $Command | Should -Throw -ErrorId "NotConnected,Bitwarden.PowerShell.Commands.$Class"
    }

    It 'locked: <Name> fails with VaultLocked' -TestCases @(
        @{ Name = 'Get-BwItem'; Class = 'GetBwItemCommand'; Command = { Get-BwItem } }
        @{ Name = 'Get-BwSecret'; Class = 'GetBwSecretCommand'; Command = { Get-BwSecret x } }
    ) {
        $null = Connect-TestAccount $server
        $Command | Should -Throw -ErrorId "VaultLocked,Bitwarden.PowerShell.Commands.$Class"
    }

    It 'disconnected: <Name> fails with SessionDisconnected' -TestCases @(
        @{ Name = 'Get-BwItem'; Class = 'GetBwItemCommand'; Command = { Get-BwItem -Session $session } }
        @{ Name = 'Get-BwSecret'; Class = 'GetBwSecretCommand'; Command = { Get-BwSecret x -Session $session } }
        @{ Name = 'Unlock-BwVault'; Class = 'UnlockBwVaultCommand'; Command = { Unlock-BwVault (Get-MasterPassword) -Session $session } }
        @{ Name = 'Sync-BwVault'; Class = 'SyncBwVaultCommand'; Command = { Sync-BwVault -Session $session } }
    ) {
        $session = Connect-TestAccount $server -Unlock
        Disconnect-BwSession $session
        $Command | Should -Throw -ErrorId "SessionDisconnected,Bitwarden.PowerShell.Commands.$Class"
    }
}

Describe 'Errors of a session whose key was rotated' {
    BeforeAll {
        $session = Connect-TestAccount $server -Unlock
        $item = Get-BwItem prod-sql
        $null = Invoke-TestServer $server POST "/accounts/$email/rotate"
        $stillThere = Get-BwSecret prod-sql#username -AsPlainText
        $null = Invoke-TestServer $server POST "/accounts/$email/revoke-tokens"
        $failure = try { Sync-BwVault -Force } catch { $_ }
    }

    AfterAll {
        Disconnect-BwSession -All
    }

    It 'reads from memory as long as its token lives' {
        $stillThere | Should -Be 'sql_admin'
    }

    It 'fails with SessionExpired and names rotation' {
        $failure.FullyQualifiedErrorId | Should -Be 'SessionExpired,Bitwarden.PowerShell.Commands.SyncBwVaultCommand'
        $failure.Exception.Message | Should -BeLike '*rotated*Connect-BwApiKey*'
    }

    It 'is Expired' {
        $session.State | Should -Be 'Expired'
    }

    It 'leaves nothing decrypted' {
        { $item.Password.RevealText() } | Should -Throw
        { Get-BwItem } | Should -Throw -ErrorId 'SessionExpired,Bitwarden.PowerShell.Commands.GetBwItemCommand'
        { Get-BwSecret prod-sql } | Should -Throw -ErrorId 'SessionExpired,Bitwarden.PowerShell.Commands.GetBwSecretCommand'
    }

    It 'asks the server no more' {
        Clear-ServerRequest $server
        { Sync-BwVault } | Should -Throw -ErrorId 'SessionExpired,*'
        { Unlock-BwVault (Get-MasterPassword) } | Should -Throw -ErrorId 'SessionExpired,*'
        Get-ServerRequest $server | Should -BeNullOrEmpty
    }

    It 'is replaced by connecting with the new key' {
        $null = Connect-TestAccount $server -Unlock
        Get-BwSecret prod-sql#username -AsPlainText | Should -Be 'sql_admin'
        @(Get-BwSession).Count | Should -Be 1
    }
}
