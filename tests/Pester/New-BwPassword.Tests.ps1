BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    Import-BitwardenModule
}

AfterAll {
    Disconnect-BwSession -All
}

Describe 'New-BwPassword' {
    It 'makes a SecureString of 14 characters of three kinds, without a session' {
        $password = New-BwPassword
        $password | Should -BeOfType securestring
        $text = ConvertFrom-SecureString $password -AsPlainText
        $text | Should -Match '^[A-Za-z0-9]{14}$'
        foreach ($kind in '[A-Z]', '[a-z]', '[0-9]') { $text | Should -MatchExactly $kind }
    }

    It '<Given> gives <Pattern>' -TestCases @(
        @{ Given = @{ Length = 5 }; Pattern = '^[A-Za-z0-9]{5}$' }
        @{ Given = @{ Length = 128 }; Pattern = '^[A-Za-z0-9]{128}$' }
        @{ Given = @{ Uppercase = $false }; Pattern = '^[a-z0-9]{14}$' }
        @{ Given = @{ Lowercase = $false }; Pattern = '^[A-Z0-9]{14}$' }
        @{ Given = @{ Digits = $false }; Pattern = '^[A-Za-z]{14}$' }
        @{ Given = @{ Special = $true }; Pattern = '^(?=.*[!@#$%^&*])[A-Za-z0-9!@#$%^&*]{14}$' }
        @{ Given = @{ MinimumSpecial = 3 }; Pattern = '^(.*[!@#$%^&*]){3}.*$' }
        @{ Given = @{ MinimumDigits = 9 }; Pattern = '^(.*[0-9]){9}.*$' }
        @{ Given = @{ Length = 128; AvoidAmbiguous = $true }; Pattern = '^[A-HJ-NP-Za-km-z2-9]{128}$' }
        @{ Given = @{ Uppercase = $false; Lowercase = $false; Digits = $false; Special = $true }; Pattern = '^[!@#$%^&*]{14}$' }
    ) {
        New-BwPassword @Given -AsPlainText -Count 20 | Should -MatchExactly $Pattern
    }

    It '-Count makes several, no two alike' {
        $many = New-BwPassword -Count 100 -AsPlainText
        ($many | Sort-Object -Unique -CaseSensitive).Count | Should -Be 100
    }

    It '<What> is InvalidGeneratorOption' -TestCases @(
        @{ What = 'no kind'; Given = @{ Uppercase = $false; Lowercase = $false; Digits = $false } }
        @{ What = 'no room'; Given = @{ Length = 10; MinimumDigits = 9 } }
    ) {
        { New-BwPassword @Given } | Should -Throw -ErrorId 'InvalidGeneratorOption,Bitwarden.PowerShell.Commands.NewBwPasswordCommand'
    }

    It '<Given> is outside the limits' -TestCases @(
        @{ Given = @{ Length = 4 } }
        @{ Given = @{ Length = 129 } }
        @{ Given = @{ MinimumDigits = 10 } }
        @{ Given = @{ MinimumSpecial = 0 } }
        @{ Given = @{ Count = 0 } }
    ) {
        { New-BwPassword @Given } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }
}

Describe 'New-BwPassword under the rules of an organization' {
    BeforeAll {
        $server = Start-TestServer
        $path = '/accounts/pbkdf2@example.org'
        $organization = (Invoke-TestServer $server POST "$path/organizations" @{ name = 'Strict' }).id
        $data = @{ minLength = 30; useSpecial = $true; minNumbers = 5; minNumberWords = 9; capitalize = $true; includeNumber = $true }
        $null = Invoke-TestServer $server POST "$path/policies" @{ organizationId = $organization; type = 2; data = $data }
        $strict = '^(?=.*[!@#$%^&*])(.*[0-9]){5}.*$'
        $session = Connect-TestAccount $server -Unlock
    }

    AfterAll {
        Stop-TestServer $server
    }

    It 'obeys them, and says so' {
        $password, $told = New-BwPassword 8 -Digits:$false -AsPlainText -Verbose 4>&1 | Sort-Object { $_ -is [Management.Automation.VerboseRecord] }
        $password.Length | Should -Be 30
        $password | Should -Match $strict
        "$told" | Should -BeLike 'Rules of your organizations*'
    }

    It 'stays silent where they change nothing' {
        New-BwPassword 40 -Special -MinimumDigits 6 -Verbose 4>&1 | Should -BeOfType securestring
    }

    It 'a passphrase obeys them too' {
        $phrase = New-BwPassphrase -Separator _ -AsPlainText
        $phrase | Should -MatchExactly '^([A-Z][a-z-]+[0-9]?_){8}[A-Z][a-z-]+[0-9]?$'
        $phrase | Should -Match '[0-9]'
    }

    It 'so does a password that New-BwItem or Set-BwItem makes up' {
        (New-BwItem strict -GeneratePassword).Password.RevealText() | Should -Match $strict
        (Set-BwItem strict -GeneratePassword -PassThru).Password.RevealText() | Should -Match $strict
    }

    It 'asks the server nothing' {
        Clear-ServerRequest $server
        $null = $session | New-BwPassword
        Get-ServerRequest $server | Should -BeNullOrEmpty
    }

    It 'the other kind is InvalidGeneratorOption where only one is wanted' {
        $null = Invoke-TestServer $server POST "$path/policies" @{ organizationId = $organization; type = 2; data = @{ overridePasswordType = 'passphrase' } }
        Sync-BwVault -Force
        { New-BwPassword } | Should -Throw -ErrorId 'InvalidGeneratorOption,*'
        New-BwPassphrase | Should -BeOfType securestring
    }

    It 'a locked vault knows them too, as that of an official client' {
        Lock-BwVault
        { New-BwPassword } | Should -Throw -ErrorId 'InvalidGeneratorOption,*'
        { New-BwPassword -Session $session } | Should -Throw -ErrorId 'InvalidGeneratorOption,*'
        New-BwPassphrase -Session $session | Should -BeOfType securestring
    }

    It 'a vault that was not fetched yet does not: VaultLocked for the session that was named, and a password without one' {
        $session = Connect-TestAccount $server
        { New-BwPassword -Session $session } | Should -Throw -ErrorId 'VaultLocked,*'
        (New-BwPassword).Length | Should -Be 14
    }
}
