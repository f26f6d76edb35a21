BeforeAll {
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

Describe 'Get-BwReference' {
    It 'gives <Expected> for <Name>' -TestCases @(
        @{ Name = 'prod-sql'; Selector = $null; Expected = 'bw://Work/prod-sql#password' }
        @{ Name = 'prod-sql'; Selector = 'field:login name'; Expected = 'bw://Work/prod-sql#field:login%20name' }
        @{ Name = 'c# build'; Selector = 'username'; Expected = 'bw://Private/c%23%20build#username' }
        @{ Name = 'twins (castor)'; Selector = $null; Expected = 'bw://twins%20%28castor%29#password' }
        @{ Name = 'company card'; Selector = $null; Expected = 'bw://company%20card#number' }
        @{ Name = 'with attachment'; Selector = 'attachment:cert.pfx'; Expected = 'bw://with%20attachment#attachment:cert.pfx' }
    ) {
        $more = if ($Selector) { @{ Selector = $Selector } } else { @{} }
        $reference = Get-BwReference $Name @more
        $reference | Should -BeExactly $Expected
        Get-BwItem $Name | Get-BwReference @more | Should -BeExactly $Expected
        Resolve-BwReference $reference | Should -Not -BeNullOrEmpty
        $byId = Get-BwReference $Name @more -ById
        $byId | Should -BeLike "bw://$((Get-BwItem $Name).Id)#*"
        Resolve-BwReference $byId | Should -Not -BeNullOrEmpty
    }

    It 'gives one for each item that reads back, with each of its values' {
        foreach ($item in Get-BwItem) {
            foreach ($selector in $item.Values.Keys) {
                $reference = Get-BwReference $item.Id -Selector $selector -ErrorAction Stop
                (Get-BwItem ($reference -replace '#.*')).Id | Should -Be $item.Id
            }
        }
    }

    It 'goes on after an item without the value' {
        $references = 'empty login', 'no such item', 'prod-sql' | Get-BwReference -ErrorAction SilentlyContinue -ErrorVariable failures
        $references | Should -Be 'bw://Work/prod-sql#password'
        $failures.FullyQualifiedErrorId | Should -Be @(
            'SecretNotFound,Bitwarden.PowerShell.Commands.GetBwReferenceCommand', 'ItemNotFound,Bitwarden.PowerShell.Commands.GetBwReferenceCommand')
    }
}
