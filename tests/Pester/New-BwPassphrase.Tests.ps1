BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    Import-BitwardenModule
}

Describe 'New-BwPassphrase' {
    It 'makes a SecureString of six words with hyphens, without a session' {
        $phrase = New-BwPassphrase
        $phrase | Should -BeOfType securestring
        ConvertFrom-SecureString $phrase -AsPlainText | Should -MatchExactly '^[a-z]+(-[a-z]+){5,}$'
    }

    It '<Given> gives <Pattern>' -TestCases @(
        @{ Given = @{ Words = 3; Separator = '.' }; Pattern = '^[a-z-]+(\.[a-z-]+){2}$' }
        @{ Given = @{ Words = 20; Separator = '.' }; Pattern = '^[a-z-]+(\.[a-z-]+){19}$' }
        @{ Given = @{ Separator = 'space' }; Pattern = '^[a-z-]+( [a-z-]+){5}$' }
        @{ Given = @{ Separator = 'empty' }; Pattern = '^[a-z-]{18,54}$' }
        @{ Given = @{ Separator = '_'; Capitalize = $true }; Pattern = '^[A-Z][a-z-]+(_[A-Z][a-z-]+){5}$' }
        @{ Given = @{ Separator = '_'; IncludeNumber = $true }; Pattern = '^(?=\D*\d\D*$)[a-z-]+\d?(_[a-z-]+\d?){5}$' }
    ) {
        New-BwPassphrase @Given -AsPlainText -Count 20 | Should -MatchExactly $Pattern
    }

    It '-Count makes several, no two alike' {
        (New-BwPassphrase -Count 100 -AsPlainText | Sort-Object -Unique).Count | Should -Be 100
    }

    It '<Given> is outside the limits' -TestCases @(
        @{ Given = @{ Words = 2 } }
        @{ Given = @{ Words = 21 } }
        @{ Given = @{ Separator = '' } }
        @{ Given = @{ Separator = '--' } }
        @{ Given = @{ Separator = "`e" } }
    ) {
        { New-BwPassphrase @Given } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }
}
