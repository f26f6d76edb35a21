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

Describe 'Get-BwFolder' {
    It 'gives every folder with the number of its items' {
        Get-BwFolder | ForEach-Object { "$($_.Name) $($_.ItemCount)" } | Should -Be 'Private 2', 'Work 3', 'Work/Sub 1'
        foreach ($folder in Get-BwFolder) { @(Get-BwItem -Folder $folder.Name).Count | Should -Be $folder.ItemCount }
    }

    It 'takes nested names apart' {
        $folder = Get-BwFolder Work/Sub
        $folder.Leaf | Should -BeExactly 'Sub'
        $folder.Parent | Should -BeExactly 'Work'
        (Get-BwFolder Work).Parent | Should -BeNullOrEmpty
    }

    It 'takes <What>' -TestCases @(
        @{ What = 'a name, ignoring case'; Call = { Get-BwFolder wORK }; Names = 'Work' }
        @{ What = 'wildcards'; Call = { Get-BwFolder Work* }; Names = 'Work', 'Work/Sub' }
        @{ What = 'several names, each folder once'; Call = { Get-BwFolder Work*, Work, Private }; Names = 'Work', 'Work/Sub', 'Private' }
        @{ What = 'names from the pipeline'; Call = { 'Work', 'Private' | Get-BwFolder }; Names = 'Work', 'Private' }
        @{ What = 'folders from the pipeline'; Call = { Get-BwFolder Work | Get-BwFolder }; Names = 'Work' }
        @{ What = 'an id'; Call = { Get-BwFolder -Id (Get-BwFolder Work).Id }; Names = 'Work' }
        @{ What = 'an id as a name'; Call = { Get-BwFolder "$((Get-BwFolder Work).Id)" }; Names = 'Work' }
        @{ What = 'a session from the pipeline'; Call = { Get-BwSession | Get-BwFolder Work }; Names = 'Work' }
        @{ What = 'a pattern without a match'; Call = { Get-BwFolder nothing* }; Names = @() }
    ) {
        (& { $ErrorActionPreference = 'Stop'; & $Call }).Name | Should -Be $Names
    }

    It 'fails for a name without a match and goes on with the next' {
        (Get-BwFolder Wrok, Private, 'x[' -ErrorAction SilentlyContinue -ErrorVariable failures).Name | Should -Be 'Private'
        $failures.FullyQualifiedErrorId -replace ',.*' | Should -Be 'FolderNotFound', 'InvalidPattern'
        $failures[0].TargetObject | Should -Be 'Wrok'
        { Get-BwFolder -Id 00000000-0000-0000-0000-000000000001 -ErrorAction Stop } |
            Should -Throw -ErrorId 'FolderNotFound,Bitwarden.PowerShell.Commands.GetBwFolderCommand'
    }

    It 'asks the server nothing' {
        Clear-ServerRequest $server
        $null = Get-BwFolder
        Get-ServerRequest $server | Should -BeNullOrEmpty
    }

    It 'shows a name that others wrote inert, and keeps it as it is' {
        $name = "evil`e]0;x`a/sub##vso[x]"
        $null = Invoke-TestServer $server POST '/accounts/pbkdf2@example.org/items' @{ name = 'in evil'; username = 'u'; password = 'p'; folder = $name }
        Sync-BwVault
        $folder = Get-BwFolder evil*
        $folder.Name | Should -BeExactly $name
        foreach ($text in ($folder | Out-String -Width 300), ($folder | Format-List | Out-String -Width 300)) {
            $text | Should -Match 'evil'
            $text | Should -Not -Match "`e\]0|`a|##vso\["
        }
        (Get-BwItem -Folder $name).Name | Should -Be 'in evil'
    }

    It 'fails when the vault is locked' {
        Lock-BwVault
        { Get-BwFolder } | Should -Throw -ErrorId 'VaultLocked,Bitwarden.PowerShell.Commands.GetBwFolderCommand'
        Unlock-BwVault (Get-MasterPassword)
    }
}
