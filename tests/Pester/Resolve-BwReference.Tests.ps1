BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    Import-BitwardenModule
    $server = Start-TestServer
    $null = Connect-TestAccount $server -Unlock
    $password = 'Sql-Pr0d!7f3K-pbkdf2'
}

AfterAll {
    Disconnect-BwSession -All
    Stop-TestServer $server
}

Describe 'Resolve-BwReference' {
    It 'gives SecureStrings, or text, in the order of the references' {
        $secret = Resolve-BwReference bw://Work/prod-sql
        $secret | Should -BeOfType securestring
        [Net.NetworkCredential]::new('', $secret).Password | Should -BeExactly $password
        'bw://Work/prod-sql#environment', 'bw://Private/c%23%20build#username', 'bw://Work/prod-sql#environment' |
            Resolve-BwReference -AsPlainText | Should -BeExactly 'production', 'builder', 'production'
    }

    It 'gives a file as bytes' {
        , (Resolve-BwReference 'bw://with%20attachment#attachment:cert.pfx') | Should -BeOfType byte[]
    }

    It 'gives nothing when one fails, and names all that fail' {
        $wanted = 'bw://Work/prod-sql', 'bw://nowhere', 'bw://Work/prod-sql#zip', 'bw://a%zz', 'bw://duplicate', 'bw://org-hidden#password', 'bw://',
            'bw://nowhere'
        $output = $failure = $null
        try { $output = $wanted | Resolve-BwReference } catch { $failure = $_ }
        $output | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -Be 'ReferencesUnresolved,Bitwarden.PowerShell.Commands.ResolveBwReferenceCommand'
        $failure.CategoryInfo.Category | Should -Be 'InvalidArgument'
        $failure.Exception.Failures.Failure.Code |
            Should -Be 'ItemNotFound', 'SecretNotFound', 'InvalidReference', 'AmbiguousName', 'SecretHidden', 'InvalidReference', 'ItemNotFound'
        foreach ($place in $failure.Exception.Failures.Place) { "$failure" | Should -BeLike "*$place*" }
    }

    It 'takes no names, and does not repeat what may be a secret' {
        $failure = try { Resolve-BwReference prod-sql, hunter2 } catch { $_ }
        $failure.Exception.Failures.Failure.Code | Should -Be 'InvalidReference', 'InvalidReference'
        ($failure | Format-List * -Force | Out-String) | Should -Not -Match 'hunter2'
    }

    It 'asks nobody and downloads nothing when a reference fails' {
        Clear-ServerRequest $server
        { Resolve-BwReference 'bw://with%20attachment#attachment:cert.pfx', bw://nowhere } | Should -Throw -ErrorId 'ReferencesUnresolved,*'
        Get-ServerRequest $server | Should -BeNullOrEmpty
    }

    It 'needs an unlocked session' {
        { Resolve-BwReference bw://x -Session (Connect-TestAccount $server argon2@example.org) } | Should -Throw -ErrorId 'VaultLocked,*'
        Select-BwSession pbkdf2@example.org
    }
}

# One that has the parameter for the name of an item, and what it does with a reference there.
Describe 'A reference where <Command> takes a name' -ForEach @(
    @{ Command = 'Get-BwItem'; Run = { (Get-BwItem $reference).Name } }
    @{ Command = 'Get-BwSecret'; Run = { if (Get-BwSecret $reference) { 'prod-sql' } } }
    @{ Command = 'Get-BwTotp'; Run = { (Get-BwTotp $reference).Name } }
    @{ Command = 'Get-BwReference'; Run = { if ((Get-BwReference $reference) -eq 'bw://Work/prod-sql#password') { 'prod-sql' } } }
    @{ Command = 'Get-BwAttachment'; Run = { Get-BwAttachment $reference; 'prod-sql' } }
    @{ Command = 'Add-BwAttachment'; Run = { Add-BwAttachment $reference $PSCommandPath -WhatIf; 'prod-sql' } }
    @{ Command = 'Remove-BwAttachment'; Run = { Remove-BwAttachment $reference * -WhatIf; 'prod-sql' } }
    @{ Command = 'Copy-BwSecret'; Run = { Copy-BwSecret $reference -WhatIf; 'prod-sql' } }
    @{ Command = 'Open-BwItem'; Run = { Open-BwItem $reference -WhatIf; 'prod-sql' } }
    @{ Command = 'Set-BwItem'; Run = { Set-BwItem $reference -Username x -WhatIf; 'prod-sql' } }
    @{ Command = 'Copy-BwItem'; Run = { Copy-BwItem $reference x -WhatIf; 'prod-sql' } }
    @{ Command = 'Move-BwItem'; Run = { Move-BwItem $reference Private -WhatIf; 'prod-sql' } }
    @{ Command = 'Remove-BwItem'; Run = { Remove-BwItem $reference -WhatIf; 'prod-sql' } }
) {
    BeforeAll {
        $ErrorActionPreference = 'Stop'
    }

    It 'means the item' {
        $reference = 'bw://Work/prod-sql'
        & $Run | Should -Be 'prod-sql'
    }

    It 'is not read as a name or a pattern' {
        $reference = 'bw://Work/*'
        $run = $Run
        { & $run } | Should -Throw -ErrorId 'ItemNotFound,*'
    }

    It 'is refused when it names a value, where an item is meant' {
        $reference = 'bw://Work/prod-sql#password'
        $run = $Run
        switch ($Command) {
            { $_ -in 'Get-BwSecret', 'Copy-BwSecret' } { & $run | Should -Be 'prod-sql' }
            'Get-BwTotp' { { & $run } | Should -Throw -ErrorId 'InvalidTotp,*' }
            default { { & $run } | Should -Throw -ErrorId 'InvalidReference,*' }
        }
    }
}

Describe 'Restore-BwItem' {
    It 'takes a reference to what is in the trash' {
        Remove-BwItem bw://Work/prod-web
        { Get-BwItem bw://Work/prod-web -ErrorAction Stop } | Should -Throw -ErrorId 'ItemNotFound,*'
        (Get-BwItem bw://Work/prod-web -Trash).Name | Should -Be 'prod-web'
        (Restore-BwItem bw://Work/prod-web -PassThru).Name | Should -Be 'prod-web'
    }
}
