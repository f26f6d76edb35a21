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

Describe 'Get-BwApiKeyChallenge without a session' {
    BeforeEach {
        Clear-BwEnvironment
    }

    AfterAll {
        Clear-BwEnvironment
    }

    It 'describes what would happen' {
        $challenge = Get-BwApiKeyChallenge
        $challenge.IsPending | Should -BeFalse
        $challenge.Account | Should -BeNullOrEmpty
        $challenge.ClientSecretIsSet | Should -BeFalse
    }

    It 'says Environment when BW_CLIENTSECRET is set' {
        $env:BW_CLIENTSECRET = 'not shown'
        $challenge = Get-BwApiKeyChallenge
        $challenge.AnswerSource | Should -Be 'Environment'
        $challenge.ClientSecretIsSet | Should -BeTrue
    }

    It 'says Parameter when a secret is given' {
        $env:BW_CLIENTSECRET = 'not shown'
        (Get-BwApiKeyChallenge -ClientSecret (ConvertTo-TestSecret 'given')).AnswerSource | Should -Be 'Parameter'
    }

    It 'names the look-alike <Variable>' -TestCases @(
        @{ Variable = 'BW_SECRETCLIENT' }
        @{ Variable = 'BW_CLIËNTGEHEIM' }
        @{ Variable = 'BW_CLIENT_SECRET' }
        @{ Variable = 'BW_CLIENT_ID' }
    ) {
        Set-Item "Env:$Variable" 'some value'
        $challenge = Get-BwApiKeyChallenge
        $challenge.LookAlikeVariables | Should -Be $Variable
        $challenge.ClientSecretIsSet | Should -BeFalse
    }

    It 'takes no right name for a look-alike' {
        foreach ($name in 'BW_CLIENTID', 'BW_CLIENTSECRET', 'BW_PASSWORD', 'BW_SERVER', 'BW_SESSION') { Set-Item "Env:$name" 'some value' }
        (Get-BwApiKeyChallenge).LookAlikeVariables | Should -BeNullOrEmpty
    }
}

Describe 'Get-BwApiKeyChallenge with a session' {
    BeforeAll {
        $session = Connect-TestAccount $server
        Clear-ServerRequest $server
        $challenge = Get-BwApiKeyChallenge
    }

    It 'names account and server' {
        $challenge.Account | Should -Be 'pbkdf2@example.org'
        $challenge.Server | Should -Be $server.Url
    }

    It 'says that nothing is pending' {
        $challenge.IsPending | Should -BeFalse
        $challenge.Since | Should -BeNullOrEmpty
    }

    It 'asks the server nothing' {
        Get-ServerRequest $server | Should -BeNullOrEmpty
    }
}

Describe 'Get-BwApiKeyChallenge in a process where nobody can be asked' {
    It 'says None' {
        (Invoke-FreshPwsh { (Get-BwApiKeyChallenge).AnswerSource.ToString() }).Result | Should -Be 'None'
    }

    It 'names BW_CLIËNTGEHEIM under LC_ALL=C' {
        $run = Invoke-FreshPwsh -Environment @{ 'BW_CLIËNTGEHEIM' = 'some value'; LC_ALL = 'C' } { @((Get-BwApiKeyChallenge).LookAlikeVariables).Count }
        $run.Result | Should -Be 1
    }
}
