BeforeAll {
    $WarningPreference = 'SilentlyContinue'
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    Import-BitwardenModule
    $server = Start-TestServer
    $null = Connect-TestAccount $server -Unlock
}

AfterAll {
    Disconnect-BwSession -All
    Stop-TestServer $server
}

Describe 'Get-BwOrganization' {
    It 'gives every organization with role and state' {
        $organization = Get-BwOrganization
        $organization.Name | Should -BeExactly 'Example Org'
        $organization.Role | Should -Be 'User'
        $organization.Status | Should -Be 'Confirmed'
        $organization.Enabled | Should -BeTrue
        $organization.IsProvided | Should -BeFalse
        $organization.CollectionCount | Should -Be 1
        $organization.ItemCount | Should -Be 3
    }

    It 'takes <What>' -TestCases @(
        @{ What = 'a name, ignoring case'; Call = { Get-BwOrganization 'example org' } }
        @{ What = 'wildcards'; Call = { Get-BwOrganization Ex* } }
        @{ What = 'an id'; Call = { Get-BwOrganization -Id (Get-BwOrganization).Id } }
    ) {
        (& { $ErrorActionPreference = 'Stop'; & $Call }).Name | Should -Be 'Example Org'
    }

    It 'fails for what nothing is called' {
        { Get-BwOrganization Exampel -ErrorAction Stop } |
            Should -Throw -ErrorId 'OrganizationNotFound,Bitwarden.PowerShell.Commands.GetBwOrganizationCommand'
    }
}
