BeforeDiscovery {
    Import-Module $PSScriptRoot/TestServer.psm1
    $noTerminal = -not (Test-Terminal)
}

BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    Import-BitwardenModule
    $server = Start-TestServer
    $session = Connect-TestAccount $server -Unlock
    $null = New-BwItem guarded -Username ada -Password (ConvertTo-TestSecret 'Guarded-1') -Uri https://a.example -Reprompt
}

AfterAll {
    Disconnect-BwSession -All
    Stop-TestServer $server
}

Describe 'An item that wants the master password again' {
    It '<What> without it is RepromptRequired where nobody can be asked' -TestCases @(
        @{ What = 'Get-BwSecret'; Use = { Get-BwSecret guarded } }
        @{ What = 'Get-BwSecret of an item'; Use = { Get-BwItem guarded | Get-BwSecret -Selector password } }
        @{ What = 'Get-BwSecret -AsCredential'; Use = { Get-BwSecret guarded -AsCredential } }
        @{ What = 'Copy-BwSecret'; Use = { Copy-BwSecret guarded } }
        @{ What = 'Set-BwItem'; Use = { Set-BwItem guarded -Username eve } }
        @{ What = 'Set-BwItem -Reprompt:$false'; Use = { Set-BwItem guarded -Reprompt:$false } }
        @{ What = 'Copy-BwItem'; Use = { Copy-BwItem guarded } }
    ) {
        $run = Invoke-FreshPwsh -Server $server -Arguments @{ Use = "$Use" } -Environment @{ BW_PASSWORD = 'correct horse battery staple 1' } {
            $null = Connect-TestAccount $server -Unlock
            Clear-ServerRequest $server
            $ErrorActionPreference = 'SilentlyContinue'
            $output = & ([scriptblock]::Create($arguments.Use))
            "$output", ($Error[0].FullyQualifiedErrorId -split ',')[0], @(Get-ServerRequest $server).Count
        }
        $run.Result | Should -Be '', 'RepromptRequired', 0
    }

    It 'shows user name and address without it, as Get-BwItem does' {
        Get-BwSecret guarded#username -AsPlainText | Should -Be 'ada'
        Get-BwSecret guarded#uri -AsPlainText | Should -Be 'https://a.example'
    }

    It 'is read and written with -MasterPassword, which does not leave the machine' {
        Clear-ServerRequest $server
        Get-BwSecret guarded -MasterPassword (Get-MasterPassword) -AsPlainText | Should -Be 'Guarded-1'
        Get-ServerRequest $server | Should -BeNullOrEmpty
        (Set-BwItem guarded -Username bea -MasterPassword (Get-MasterPassword) -PassThru).Username | Should -Be 'bea'
        (Copy-BwItem guarded copied -MasterPassword (Get-MasterPassword)).Reprompt | Should -BeTrue
    }

    It 'is read and written with -SkipReprompt' {
        Get-BwSecret guarded -SkipReprompt -AsPlainText | Should -Be 'Guarded-1'
        (Set-BwItem guarded -Username ada -SkipReprompt -PassThru).Username | Should -Be 'ada'
    }

    It 'a wrong -MasterPassword is InvalidMasterPassword, and an empty one is refused' {
        { Get-BwSecret guarded -MasterPassword (ConvertTo-TestSecret wrong) } | Should -Throw -ErrorId 'InvalidMasterPassword,*'
        { Get-BwSecret guarded -MasterPassword ([securestring]::new()) } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
        { Set-BwItem guarded -Username eve -MasterPassword (ConvertTo-TestSecret wrong) } | Should -Throw -ErrorId 'InvalidMasterPassword,*'
        (Get-BwItem guarded).Username | Should -Be 'ada'
    }

    It '-WhatIf does not ask' {
        Set-BwItem guarded -Username eve -WhatIf -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -BeNullOrEmpty
    }
}

Describe 'The question for the master password at a terminal' -Skip:$noTerminal {
    BeforeAll {
        $prompt = 'Master password of pbkdf2@example.org: '
        $right = 'correct horse battery staple 1'
        $dialog = @(
            $prompt, 'mistyped', "does not open the vault[\s\S]*$prompt", $right
            $prompt, 'mistyped', "[\s\S]*$prompt", 'mistyped', "[\s\S]*$prompt", 'mistyped'
        )
        $run = Invoke-FreshPwsh -Server $server -Dialog $dialog {
            $null = Connect-TestAccount $server -Unlock
            $null = Get-BwItem guarded | Copy-BwItem -NewName again -SkipReprompt
            $ErrorActionPreference = 'SilentlyContinue'
            @{
                Read  = @('guarded', 'again' | Get-BwSecret -AsPlainText)
                Wrong = try { Get-BwSecret guarded -ErrorAction Stop; 'read' } catch { ($_.FullyQualifiedErrorId -split ',')[0] }
            }
        }
    }

    It 'asks once for several items, and again after a mistake' {
        $run.Result.Read | Should -Be 'Guarded-1', 'Guarded-1'
    }

    It 'gives up after the third' {
        $run.Result.Wrong | Should -Be 'InvalidMasterPassword'
    }

    It 'does not show what is typed' {
        $run.Output | Should -Not -Match 'mistyped|battery staple'
    }
}
