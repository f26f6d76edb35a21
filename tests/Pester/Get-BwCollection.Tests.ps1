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

Describe 'Get-BwCollection' {
    It 'gives every collection with what the account may do' {
        $collection = Get-BwCollection
        $collection.Name | Should -BeExactly 'Production'
        $collection.Organization | Should -BeExactly 'Example Org'
        $collection.OrganizationId | Should -Be (Get-BwOrganization).Id
        $collection.ItemCount | Should -Be 3
        $collection.ReadOnly | Should -BeFalse
        $collection.Manage | Should -BeTrue
        $collection.IsDefault | Should -BeFalse
    }

    It 'takes <What>' -TestCases @(
        @{ What = 'a name, ignoring case'; Call = { Get-BwCollection production } }
        @{ What = 'wildcards'; Call = { Get-BwCollection Pro* } }
        @{ What = 'an organization'; Call = { Get-BwCollection -Organization 'example org' } }
        @{ What = 'a pattern for organizations'; Call = { Get-BwCollection -Organization Ex* } }
        @{ What = 'an id'; Call = { Get-BwCollection -Id (Get-BwCollection).Id } }
        @{ What = 'a collection from the pipeline'; Call = { Get-BwCollection | Get-BwCollection } }
    ) {
        (& { $ErrorActionPreference = 'Stop'; & $Call }).Name | Should -Be 'Production'
    }

    It 'gives nothing for a pattern that no organization matches' {
        Get-BwCollection -Organization x* -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'fails for what nothing is called' {
        { Get-BwCollection Prodution -ErrorAction Stop } | Should -Throw -ErrorId 'CollectionNotFound,*' -ExpectedMessage "*nearest names: 'Production'*"
        { Get-BwCollection -Organization x } | Should -Throw -ErrorId 'OrganizationNotFound,Bitwarden.PowerShell.Commands.GetBwCollectionCommand'
    }
}
