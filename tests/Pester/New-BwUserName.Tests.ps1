BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    Import-BitwardenModule
}

Describe 'New-BwUserName' {
    It '<Given> gives <Pattern>' -TestCases @(
        @{ Given = @{}; Pattern = '^[a-z-]{3,9}$' }
        @{ Given = @{ Capitalize = $true }; Pattern = '^[A-Z][a-z-]{2,8}$' }
        @{ Given = @{ IncludeNumber = $true }; Pattern = '^[a-z-]{3,9}[0-9]{4}$' }
        @{ Given = @{ PlusAddress = 'ada@example.org' }; Pattern = '^ada\+[a-z0-9]{8}@example\.org$' }
        @{ Given = @{ PlusAddress = 'ada+shop@example.org' }; Pattern = '^ada\+shop[a-z0-9]{8}@example\.org$' }
        @{ Given = @{ CatchAll = 'example.org' }; Pattern = '^[a-z0-9]{8}@example\.org$' }
        @{ Given = @{ CatchAll = '@example.org' }; Pattern = '^[a-z0-9]{8}@example\.org$' }
    ) {
        $names = New-BwUserName @Given -Count 20
        $names | Should -MatchExactly $Pattern
        ($names | Sort-Object -Unique).Count | Should -BeGreaterThan 10
    }

    It 'writes text that New-BwItem takes' {
        New-BwUserName | Should -BeOfType string
    }

    It '<Given> is InvalidGeneratorOption' -TestCases @(
        @{ Given = @{ PlusAddress = 'example.org' } }
        @{ Given = @{ CatchAll = 'ada@example.org' } }
    ) {
        { New-BwUserName @Given } | Should -Throw -ErrorId 'InvalidGeneratorOption,Bitwarden.PowerShell.Commands.NewBwUserNameCommand'
    }
}
