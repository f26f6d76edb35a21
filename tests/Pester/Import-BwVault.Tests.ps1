BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    Import-BitwardenModule
    $server = Start-TestServer
    $session = Connect-TestAccount $server weak@example.org -Unlock
    $folder = [IO.Directory]::CreateTempSubdirectory('bw-import-').FullName
    $password = ConvertTo-TestSecret 'file password'

    function New-File([string] $Name, [string[]] $Items) {
        $path = Join-Path $folder $Name
        $rows = foreach ($item in $Items) { @{ type = 1; name = $item; folderId = 'f'; login = @{ username = 'u'; password = 'imported' } } }
        @{ encrypted = $false; folders = @(@{ id = 'f'; name = 'Imported' }); items = @($rows) } | ConvertTo-Json -Depth 5 | Set-Content $path
        $path
    }
}

AfterAll {
    Disconnect-BwSession -All
    Stop-TestServer $server
    [IO.Directory]::Delete($folder, $true)
}

Describe 'Import-BwVault' {
    It 'adds what a file has, and says how much' {
        $summary = Import-BwVault (New-File two.json one, two)
        $summary | Should -BeOfType Bitwarden.Core.Sessions.ImportSummary
        $summary.ItemCount, $summary.PlaceCount, $summary.SkippedCount | Should -Be 2, 1, 0
        (Get-BwItem one).Folder | Should -Be 'Imported'
        Get-BwSecret two -AsPlainText | Should -Be 'imported'
    }

    It 'takes back what Export-BwVault wrote with a password' {
        $path = Join-Path $folder own.json
        $count = (Export-BwVault $path -Password $password).ItemCount
        (Import-BwVault $path -Password $password).ItemCount | Should -Be $count
        (Get-BwItem).Count | Should -Be (2 * $count)
    }

    It '-WhatIf shows counts and sends nothing' {
        Clear-ServerRequest $server
        Import-BwVault (New-File what.json a, b) -WhatIf | Should -BeNullOrEmpty
        Get-ServerRequest $server | Should -BeNullOrEmpty
    }

    It 'an import that breaks says what arrived, and -Resume sends the rest' {
        $path = New-File broken.json three, four, four
        Add-Fault $server /api/ciphers/import RequestLost
        { Import-BwVault $path } | Should -Throw -ErrorId 'ImportIncomplete,*' -ExpectedMessage '0 of 3 items arrived.*Import-BwVault -Resume*'
        Clear-Fault $server
        (Import-BwVault $path -Resume).ItemCount | Should -Be 3
        (Import-BwVault $path -Resume).SkippedCount | Should -Be 3
        (Get-BwItem four).Count | Should -Be 2
    }

    It '<name> is <id>' -ForEach @(
        @{ Name = 'a wrong password'; Id = 'WrongFilePassword'; Given = 'x' }
        @{ Name = 'no password'; Id = 'FilePasswordRequired'; Given = '' }
    ) {
        $arguments = $Given ? @{ Password = ConvertTo-TestSecret $Given } : @{}
        { Import-BwVault (Join-Path $folder own.json) @Arguments } | Should -Throw -ErrorId "$Id,*"
    }

    It 'a file that is not there is FileUnusable, and one that is none InvalidExportFile' {
        { Import-BwVault (Join-Path $folder none.json) } | Should -Throw -ErrorId 'FileUnusable,*'
        $bad = Join-Path $folder bad.json
        Set-Content $bad '{"items":[{"type":1,"login":{"password":["a secret"]}}]}'
        { Import-BwVault $bad } | Should -Throw -ErrorId 'InvalidExportFile,*' -ExpectedMessage '*items`[0`].login.password*'
        $Error[0].Exception.Message | Should -Not -BeLike '*a secret*'
    }
}
