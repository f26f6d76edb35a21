BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    Import-BitwardenModule
    $server = Start-TestServer
    $email = 'weak@example.org'
    $secret = ConvertTo-TestSecret (Get-TestAccount $server $email).clientSecret

    # Never asks, also where the suite is run at a terminal.
    function Connect-Weak {
        [CmdletBinding()]
        param([hashtable] $More = @{})

        Connect-BwAccount $server.Url -Email $email -MasterPassword (Get-MasterPassword $email) -NonInteractive @More
    }

    function Get-Failure([scriptblock] $Script) {
        try { $null = & $Script } catch { $_ }
    }

    function Set-Rule([hashtable] $Rule = @{}) {
        Set-LoginRule $server $email $Rule
        Clear-ServerRequest $server
    }

    function Get-Mail {
        Invoke-TestServer $server GET "/accounts/$email/mail"
    }
}

AfterAll {
    Disconnect-BwSession -All
    Stop-TestServer $server
}

Describe 'Login with a password' {
    BeforeAll {
        Set-Rule
    }

    BeforeEach {
        Clear-ServerRequest $server
    }

    AfterEach {
        Clear-BwEnvironment
        Disconnect-BwSession -All
    }

    It 'gives an unlocked session that becomes current' {
        $session = Connect-Weak
        $session.State | Should -Be 'Unlocked'
        $session.ClientId | Should -BeNullOrEmpty
        Get-BwSession -Current | Should -Be $session
    }

    It 'asks for one token' {
        $null = Connect-Weak
        @(Get-TokenRequest $server).grant_type | Should -Be 'password'
    }

    It 'ignores case and white space of the e-mail' {
        $session = Connect-BwAccount $server.Url -Email ' Weak@Example.ORG ' -MasterPassword (Get-MasterPassword $email) -NonInteractive
        $session.Account | Should -Be $email
    }

    It 'reads the master password from BW_PASSWORD' {
        $env:BW_PASSWORD = 'correct horse battery staple 4'
        (Connect-BwAccount $server.Url -Email $email -NonInteractive).State | Should -Be 'Unlocked'
    }

    It 'a wrong password fails with InvalidMasterPassword after one token request' {
        $failure = Get-Failure { Connect-BwAccount $server.Url -Email $email -MasterPassword (ConvertTo-TestSecret 'wrong password') -NonInteractive }
        $failure.FullyQualifiedErrorId | Should -Be 'InvalidMasterPassword,Bitwarden.PowerShell.Commands.ConnectBwAccountCommand'
        $failure.CategoryInfo.Category | Should -Be 'AuthenticationError'
        @(Get-TokenRequest $server).Count | Should -Be 1
    }

    It 'a wrong password leaves no session' {
        $null = Get-Failure { Connect-BwAccount $server.Url -Email $email -MasterPassword (ConvertTo-TestSecret 'wrong password') -NonInteractive }
        Get-BwSession | Should -BeNullOrEmpty
    }

    It 'an unknown e-mail fails with InvalidMasterPassword' {
        { Connect-BwAccount $server.Url -Email nobody@example.org -MasterPassword (Get-MasterPassword $email) -NonInteractive } |
            Should -Throw -ErrorId 'InvalidMasterPassword,Bitwarden.PowerShell.Commands.ConnectBwAccountCommand'
    }

    It 'keeps the old session when the new login fails' {
        $first = Connect-Weak
        $null = Get-Failure { Connect-BwAccount $server.Url -Email $email -MasterPassword (ConvertTo-TestSecret 'wrong password') -NonInteractive }
        $first.State | Should -Be 'Unlocked'
        Get-BwSession -Current | Should -Be $first
    }
}

Describe 'Two-step login by an authenticator' {
    BeforeAll {
        Set-Rule @{ twoFactor = @{ Authenticator = '246810' } }
    }

    BeforeEach {
        Clear-ServerRequest $server
    }

    AfterEach {
        Disconnect-BwSession -All
    }

    It 'fails with TwoFactorRequired without a code, and names the parameters' {
        $failure = Get-Failure { Connect-Weak }
        $failure.FullyQualifiedErrorId | Should -Be 'TwoFactorRequired,Bitwarden.PowerShell.Commands.ConnectBwAccountCommand'
        $failure.Exception.Message | Should -BeLike '*Authenticator*-TwoFactorMethod*-TwoFactorCode*Connect-BwApiKey*'
    }

    It 'sends a code that is given with the first request' {
        (Connect-Weak @{ TwoFactorMethod = 'Authenticator'; TwoFactorCode = '246810' }).State | Should -Be 'Unlocked'
        @(Get-TokenRequest $server).twoFactorToken | Should -Be '246810'
    }

    It 'ignores white space in a code' {
        (Connect-Weak @{ TwoFactorCode = ' 246 810 ' }).State | Should -Be 'Unlocked'
    }

    It 'a wrong code fails with TwoFactorCodeRejected after one token request' {
        { Connect-Weak @{ TwoFactorMethod = 'Authenticator'; TwoFactorCode = '000000' } } |
            Should -Throw -ErrorId 'TwoFactorCodeRejected,Bitwarden.PowerShell.Commands.ConnectBwAccountCommand'
        @(Get-TokenRequest $server).Count | Should -Be 1
    }

    It 'is not asked of an API key' {
        (Connect-TestAccount $server $email).State | Should -Be 'Locked'
    }
}

Describe 'Two-step login by e-mail' {
    BeforeAll {
        Set-Rule @{ twoFactor = @{ Email = $null } }
    }

    AfterEach {
        Disconnect-BwSession -All
    }

    It 'mails one code and fails with TwoFactorRequired without one' {
        $before = @((Get-Mail).twoFactorCodes).Count
        { Connect-Weak @{ TwoFactorMethod = 'Email' } } | Should -Throw -ErrorId 'TwoFactorRequired,Bitwarden.PowerShell.Commands.ConnectBwAccountCommand'
        @((Get-Mail).twoFactorCodes).Count | Should -Be ($before + 1)
    }

    It 'takes the mailed code, and mails no other' {
        $codes = @((Get-Mail).twoFactorCodes)
        (Connect-Weak @{ TwoFactorMethod = 'Email'; TwoFactorCode = $codes[-1] }).State | Should -Be 'Unlocked'
        @((Get-Mail).twoFactorCodes).Count | Should -Be $codes.Count
    }

    It 'a code that was used fails with TwoFactorCodeRejected' {
        { Connect-Weak @{ TwoFactorMethod = 'Email'; TwoFactorCode = @((Get-Mail).twoFactorCodes)[-1] } } |
            Should -Throw -ErrorId 'TwoFactorCodeRejected,Bitwarden.PowerShell.Commands.ConnectBwAccountCommand'
    }
}

Describe 'Two-step login by a YubiKey' {
    BeforeAll {
        Set-Rule @{ twoFactor = @{ YubiKey = 'cccccctibtjdlkjnnlirljckkdnhnleekfeuenkrdilu' } }
    }

    AfterEach {
        Disconnect-BwSession -All
    }

    It 'takes a code that is given without its method to be of the one that is on' {
        (Connect-Weak @{ TwoFactorCode = 'cccccctibtjdlkjnnlirljckkdnhnleekfeuenkrdilu' }).State | Should -Be 'Unlocked'
    }

    It 'takes the one-time password' {
        $session = Connect-Weak @{ TwoFactorMethod = 'YubiKey'; TwoFactorCode = 'cccccctibtjdlkjnnlirljckkdnhnleekfeuenkrdilu' }
        $session.State | Should -Be 'Unlocked'
    }

    It 'a wrong one fails with TwoFactorCodeRejected' {
        { Connect-Weak @{ TwoFactorMethod = 'YubiKey'; TwoFactorCode = 'cccccc' } } |
            Should -Throw -ErrorId 'TwoFactorCodeRejected,Bitwarden.PowerShell.Commands.ConnectBwAccountCommand'
    }
}

Describe 'Two-step login with several methods' {
    BeforeAll {
        Set-Rule @{ twoFactor = @{ Authenticator = '246810'; Email = '135791'; YubiKey = 'cccccc'; WebAuthn = $null } }
    }

    AfterEach {
        Disconnect-BwSession -All
    }

    It 'names those that a shell can do' {
        $failure = Get-Failure { Connect-Weak }
        $failure.FullyQualifiedErrorId | Should -Be 'TwoFactorRequired,Bitwarden.PowerShell.Commands.ConnectBwAccountCommand'
        $failure.Exception.Message | Should -BeLike '*(Authenticator, Email, YubiKey)*'
    }

    It 'mails nothing unless e-mail was chosen' {
        $before = @((Get-Mail).twoFactorCodes).Count
        $null = Get-Failure { Connect-Weak }
        @((Get-Mail).twoFactorCodes).Count | Should -Be $before
    }

    It '-TwoFactorMethod chooses e-mail, which is mailed' {
        $before = @((Get-Mail).twoFactorCodes).Count
        $null = Get-Failure { Connect-Weak @{ TwoFactorMethod = 'Email' } }
        @((Get-Mail).twoFactorCodes).Count | Should -Be ($before + 1)
        (Connect-Weak @{ TwoFactorMethod = 'Email'; TwoFactorCode = '135791' }).State | Should -Be 'Unlocked'
    }

    It 'does not take the code of another method' {
        { Connect-Weak @{ TwoFactorMethod = 'Authenticator'; TwoFactorCode = 'cccccc' } } |
            Should -Throw -ErrorId 'TwoFactorCodeRejected,Bitwarden.PowerShell.Commands.ConnectBwAccountCommand'
    }
}

Describe 'Two-step login that needs a browser' {
    It '<Method> alone fails with TwoFactorUnsupported and names Connect-BwApiKey' -TestCases @(
        @{ Method = 'Duo' }
        @{ Method = 'OrganizationDuo' }
        @{ Method = 'WebAuthn' }
    ) {
        Set-Rule @{ twoFactor = @{ $Method = $null } }
        $failure = Get-Failure { Connect-Weak @{ TwoFactorMethod = 'Authenticator' } }
        $failure.FullyQualifiedErrorId | Should -Be 'TwoFactorUnsupported,Bitwarden.PowerShell.Commands.ConnectBwAccountCommand'
        $failure.Exception.Message | Should -BeLike "*$Method*Connect-BwApiKey*"
    }
}

Describe 'A device that is remembered' {
    BeforeAll {
        Set-Rule @{ twoFactor = @{ Authenticator = '246810' } }
        $null = Connect-Weak @{ TwoFactorCode = '246810'; RememberDevice = $true }
    }

    AfterAll {
        Disconnect-BwSession -All
    }

    It 'needs no code when it connects again' {
        (Connect-Weak).State | Should -Be 'Unlocked'
    }

    It 'needs none the third time either' {
        (Connect-Weak).State | Should -Be 'Unlocked'
    }

    It 'sends the server''s own token in place of the code' {
        Clear-ServerRequest $server
        $null = Connect-Weak
        @(Get-TokenRequest $server).twoFactorProvider | Should -Be '5'
    }

    It 'is asked like any other once the server has forgotten it' {
        $null = Invoke-TestServer $server POST "/accounts/$email/forget-devices"
        { Connect-Weak } | Should -Throw -ErrorId 'TwoFactorRequired,Bitwarden.PowerShell.Commands.ConnectBwAccountCommand'
    }

    It 'is not remembered without -RememberDevice' {
        $null = Connect-Weak @{ TwoFactorCode = '246810' }
        { Connect-Weak } | Should -Throw -ErrorId 'TwoFactorRequired,Bitwarden.PowerShell.Commands.ConnectBwAccountCommand'
    }
}

Describe 'A new device' {
    BeforeEach {
        Set-Rule @{ newDeviceOtp = '777888' }
        $device = @{ DeviceIdentifier = [guid]::NewGuid().ToString() }
    }

    AfterEach {
        Disconnect-BwSession -All
    }

    It 'fails with NewDeviceVerification, and names the parameter and the API key' {
        $failure = Get-Failure { Connect-Weak $device }
        $failure.FullyQualifiedErrorId | Should -Be 'NewDeviceVerification,Bitwarden.PowerShell.Commands.ConnectBwAccountCommand'
        $failure.Exception.Message | Should -BeLike '*-NewDeviceCode*Connect-BwApiKey*'
    }

    It 'is known once -NewDeviceCode was right' {
        (Connect-Weak ($device + @{ NewDeviceCode = ' 777888 ' })).State | Should -Be 'Unlocked'
        (Connect-Weak $device).State | Should -Be 'Unlocked'
    }

    It 'takes the mailed code' {
        Set-Rule @{ verifyNewDevices = $true }
        $null = Get-Failure { Connect-Weak $device }
        (Connect-Weak ($device + @{ NewDeviceCode = @((Get-Mail).newDeviceCodes)[-1] })).State | Should -Be 'Unlocked'
    }

    It 'a wrong code fails with NewDeviceCodeRejected after one token request' {
        { Connect-Weak ($device + @{ NewDeviceCode = '000000' }) } |
            Should -Throw -ErrorId 'NewDeviceCodeRejected,Bitwarden.PowerShell.Commands.ConnectBwAccountCommand'
        @(Get-TokenRequest $server).Count | Should -Be 1
    }

    It 'is no matter to an API key' {
        (Connect-TestAccount $server $email -More $device).State | Should -Be 'Locked'
    }
}

Describe 'Additional authentication that was not answered' {
    BeforeAll {
        Set-Rule @{ requireChallenge = $true }
        $start = [datetimeoffset]::UtcNow.AddSeconds(-1)
        $failure = Get-Failure { Connect-Weak }
        $requests = @(Get-TokenRequest $server)
        $challenge = Get-BwApiKeyChallenge
    }

    It 'fails with AdditionalAuthenticationRequired, and names parameter, variable and Connect-BwApiKey' {
        $failure.FullyQualifiedErrorId | Should -Be 'AdditionalAuthenticationRequired,Bitwarden.PowerShell.Commands.ConnectBwAccountCommand'
        $failure.Exception.Message | Should -BeLike '*-ClientSecret*BW_CLIENTSECRET*Connect-BwApiKey*'
    }

    It 'sends one token request' {
        $requests.Count | Should -Be 1
    }

    It 'is pending, as Get-BwApiKeyChallenge shows' {
        $challenge.IsPending | Should -BeTrue
        $challenge.Account | Should -Be $email
        $challenge.Server | Should -Be $server.Url
        $challenge.Since | Should -BeGreaterThan $start
    }

    It 'is not asked of an API key' {
        (Connect-TestAccount $server $email).State | Should -Be 'Locked'
    }

    It 'is no longer pending after it was answered' {
        $null = Connect-Weak @{ ClientSecret = $secret }
        (Get-BwApiKeyChallenge).IsPending | Should -BeFalse
        Disconnect-BwSession -All
    }
}

Describe 'Additional authentication' {
    BeforeEach {
        Set-Rule @{ requireChallenge = $true }
    }

    AfterEach {
        Clear-BwEnvironment
        Disconnect-BwSession -All
    }

    It 'is answered from -ClientSecret, after the demand only' {
        (Connect-Weak @{ ClientSecret = $secret }).State | Should -Be 'Unlocked'
        $requests = @(Get-TokenRequest $server)
        $requests.Count | Should -Be 2
        $requests[0].captchaResponse | Should -BeNullOrEmpty
        $requests[1].captchaResponse | Should -BeExactly (Get-TestAccount $server $email).clientSecret
    }

    It 'is answered from BW_CLIENTSECRET' {
        $env:BW_CLIENTSECRET = (Get-TestAccount $server $email).clientSecret
        (Connect-Weak).State | Should -Be 'Unlocked'
    }

    It 'prefers -ClientSecret to BW_CLIENTSECRET' {
        $env:BW_CLIENTSECRET = 'another'
        (Connect-Weak @{ ClientSecret = $secret }).State | Should -Be 'Unlocked'
    }

    It 'is never answered unprompted from <Source>' -TestCases @(
        @{ Source = '-ClientSecret' }
        @{ Source = 'BW_CLIENTSECRET' }
    ) {
        Set-Rule
        $text = (Get-TestAccount $server $email).clientSecret
        $more = if ($Source -eq '-ClientSecret') { @{ ClientSecret = $secret } } else { $env:BW_CLIENTSECRET = $text; @{} }
        (Connect-Weak $more).State | Should -Be 'Unlocked'
        (ConvertTo-Json @(Get-ServerRequest $server) -Depth 5).Contains($text) | Should -BeFalse
    }

    It 'is answered together with a two-step code' {
        Set-Rule @{ requireChallenge = $true; twoFactor = @{ Authenticator = '246810' } }
        (Connect-Weak @{ ClientSecret = $secret; TwoFactorCode = '246810' }).State | Should -Be 'Unlocked'
    }

    It 'leads on to the two-step demand once it was answered' {
        Set-Rule @{ requireChallenge = $true; twoFactor = @{ Authenticator = '246810' } }
        { Connect-Weak @{ ClientSecret = $secret } } | Should -Throw -ErrorId 'TwoFactorRequired,Bitwarden.PowerShell.Commands.ConnectBwAccountCommand'
        @(Get-TokenRequest $server).Count | Should -Be 2
    }

    It 'fails with ChallengeRejected after rotation, names it, and sends the old secret once' {
        $null = Invoke-TestServer $server POST "/accounts/$email/rotate"
        $failure = Get-Failure { Connect-Weak @{ ClientSecret = $secret } }
        $failure.FullyQualifiedErrorId | Should -Be 'ChallengeRejected,Bitwarden.PowerShell.Commands.ConnectBwAccountCommand'
        $failure.Exception.Message | Should -BeLike '*rotated*'
        @(Get-TokenRequest $server).Count | Should -Be 2
        (Get-BwApiKeyChallenge).IsPending | Should -BeTrue
    }
}

Describe 'Accounts that take no password' {
    It '<Rule> fails with <Id>' -TestCases @(
        @{ Rule = 'requireSso'; Id = 'SsoRequired'; Says = '*Connect-BwApiKey*' }
        @{ Rule = 'isLegacy'; Id = 'LegacyAccount'; Says = '*web vault*' }
    ) {
        Set-Rule @{ $Rule = $true }
        $failure = Get-Failure { Connect-Weak }
        $failure.FullyQualifiedErrorId | Should -Be "$Id,Bitwarden.PowerShell.Commands.ConnectBwAccountCommand"
        $failure.Exception.Message | Should -BeLike $Says
    }

    It 'single sign-on is not asked of an API key' {
        Set-Rule @{ requireSso = $true }
        (Connect-TestAccount $server $email).State | Should -Be 'Locked'
    }
}

Describe 'The key derivation that the server asks for' {
    BeforeAll {
        Set-Rule
        function Set-Kdf([string] $How, [int] $Iterations) {
            $null = Invoke-TestServer $server POST "/accounts/$email/$How" @{ type = 'Pbkdf2Sha256'; iterations = $Iterations }
        }
    }

    AfterEach {
        Disconnect-BwSession -All
    }

    It '<Iterations> iterations fail with <Id>, and no token is asked for' -TestCases @(
        @{ Iterations = 4999; Id = 'InsufficientKdf' }
        @{ Iterations = 2000001; Id = 'ExcessiveKdf' }
    ) {
        Set-Kdf kdf $Iterations
        Clear-ServerRequest $server
        { Connect-Weak } | Should -Throw -ErrorId "$Id,Bitwarden.PowerShell.Commands.ConnectBwAccountCommand"
        Get-TokenRequest $server | Should -BeNullOrEmpty
    }

    It 'a weaker one than before is refused, and no token is asked for' {
        Set-Kdf change-kdf 100000
        $null = Connect-Weak
        Set-Kdf change-kdf 60000
        Clear-ServerRequest $server
        { Connect-Weak } | Should -Throw -ErrorId 'WeakenedKdf,Bitwarden.PowerShell.Commands.ConnectBwAccountCommand'
        Get-TokenRequest $server | Should -BeNullOrEmpty
    }

    It 'a weaker one that is allowed is a warning' {
        $null = Connect-Weak @{ AllowWeakerKdf = $true } -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike '*60000*weaker*100000*'
    }

    It 'is a warning of Unlock-BwVault too' {
        Set-Kdf change-kdf 55000
        $null = Connect-TestAccount $server $email
        Unlock-BwVault (Get-MasterPassword $email) -AllowWeakerKdf -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike '*55000*weaker*100000*'
    }

    It 'a stronger one than before is none' {
        Set-Kdf change-kdf 110000
        $null = Connect-Weak -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -BeNullOrEmpty
    }
}
