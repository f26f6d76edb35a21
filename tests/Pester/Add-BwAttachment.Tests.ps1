BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    Import-BitwardenModule
    $server = Start-TestServer
    $session = Connect-TestAccount $server -Unlock
    # Not on the test drive, which Pester cannot empty of such names.
    $root = [IO.Directory]::CreateTempSubdirectory('bw-add-').FullName
    $folder, $target = 'source', 'target' | ForEach-Object { [IO.Directory]::CreateDirectory((Join-Path $root $_)).FullName }
    $bytes = [byte[]](0..255) * 20
    $path = Join-Path $folder 'a [1].bin'
    [IO.File]::WriteAllBytes($path, $bytes)
}

AfterAll {
    Disconnect-BwSession -All
    Stop-TestServer $server
    [IO.Directory]::Delete($root, $true)
}

Describe 'Add-BwAttachment' {
    It 'adds a file, which is there at once and after a sync' {
        $null = New-BwItem one
        Add-BwAttachment one $path | Should -BeNullOrEmpty
        (Get-BwItem one).Attachments.FileName | Should -Be 'a [1].bin'
        Sync-BwVault -Force
        [Convert]::ToBase64String((Get-BwAttachment one 'a [1].bin')) | Should -Be ([Convert]::ToBase64String($bytes))
    }

    It 'takes files of Get-ChildItem and paths as text' {
        $null = New-BwItem many
        'b', 'c' | ForEach-Object { [IO.File]::WriteAllText((Join-Path $folder "$_.txt"), $_) }
        Get-ChildItem $folder -Filter *.txt | Add-BwAttachment many -PassThru | Select-Object -Last 1 | ForEach-Object { $_.Attachments.Count } | Should -Be 2
        Push-Location $folder
        try { './b.txt' | Add-BwAttachment many } finally { Pop-Location }
        (Get-BwItem many).Attachments.FileName | Sort-Object | Should -Be 'b.txt', 'b.txt', 'c.txt'
    }

    It 'an empty file is one' {
        $empty = Join-Path $folder empty
        [IO.File]::WriteAllBytes($empty, @())
        $null = New-BwItem hollow
        Add-BwAttachment hollow $empty
        @(Get-BwAttachment hollow)[0].Length | Should -Be 0
    }

    It 'a file that is not there is FileUnusable, and the next one is added' {
        $null = New-BwItem next
        Add-BwAttachment next (Join-Path $folder none), $path -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures.Count | Should -Be 1
        $failures[0].FullyQualifiedErrorId | Should -Be 'FileUnusable,Bitwarden.PowerShell.Commands.AddBwAttachmentCommand'
        (Get-BwItem next).Attachments.Count | Should -Be 1
    }

    It 'an upload that breaks leaves nothing' {
        $item = New-BwItem half
        Add-Fault $server "/api/ciphers/$($item.Id)/attachment/v2" SlowHeaders @{ delayMilliseconds = 0 }
        Add-Fault $server "/api/ciphers/$($item.Id)/attachment" RequestLost @{ method = 'POST' }
        Add-BwAttachment half $path -ErrorVariable failures -ErrorAction SilentlyContinue
        ($failures[0].FullyQualifiedErrorId -split ',')[0] | Should -Be 'ServerUnreachable'
        Clear-Fault $server
        Sync-BwVault -Force
        (Get-BwItem half).Attachments.Count | Should -Be 0
    }

    It '-WhatIf sends nothing' {
        Clear-ServerRequest $server
        Add-BwAttachment prod-sql $path -WhatIf
        Get-ServerRequest $server | Should -BeNullOrEmpty
    }

    It 'wants the master password again where the item does' {
        $null = New-BwItem guarded -Reprompt
        Add-BwAttachment guarded $path -SkipReprompt
        Add-BwAttachment guarded $path -MasterPassword (Get-MasterPassword)
        (Get-BwItem guarded).Attachments.Count | Should -Be 2
    }

    It 'names with odd characters stay in their folder when they are written' {
        $null = New-BwItem odd
        $names = if ($IsWindows) { 'x y.txt', 'größe.txt' } else { "a`nb", "-rf *?", 'größe 文.txt', "esc`e[31m.txt", 'nul' }
        foreach ($name in $names) {
            $file = Join-Path $folder $name
            [IO.File]::WriteAllText($file, $name)
            Add-BwAttachment odd $file
        }
        (Get-BwItem odd).Attachments.FileName | Sort-Object | Should -Be ($names | Sort-Object)
        $written = @(Get-BwAttachment odd -OutFile $target)
        $written.Count | Should -Be $names.Count
        $written.DirectoryName | Sort-Object -Unique | Should -Be $target
        $written | ForEach-Object { [IO.File]::ReadAllText($_.FullName) } | Sort-Object | Should -Be ($names | Sort-Object)
    }
}
