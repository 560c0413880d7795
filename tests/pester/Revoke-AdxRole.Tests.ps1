# Taking roles: what was asked, and nothing besides.

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    . $PSScriptRoot/ParameterForm.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $null = Connect-Adx -Local
    $tenant = '9752a91d-8e15-44e2-aa72-e9f8e12c3ec5'
    function Get-RoleText($Assignment) {
        ($Assignment | ForEach-Object { "$($_.Scope) $($_.Role)" } | Sort-Object) -join ', '
    }
}

AfterAll {
    Stop-AdxLocal
}

Describe 'The parameters of Revoke-AdxRole' {
    It '<_> is that of Grant-AdxRole' -ForEach 'ApplicationId', 'ManagedIdentityId', 'TenantId', 'Principal', 'InputObject', 'Role', 'Table' {
        foreach ($set in 'Application', 'ManagedIdentity', 'Principal', 'Assignment') {
            Get-ParameterForm Revoke-AdxRole $_ $set | Should -BeExactly (Get-ParameterForm Grant-AdxRole $_ $set)
        }
    }
}

Describe 'Revoke-AdxRole' {
    BeforeEach {
        $table = "T$([guid]::NewGuid().ToString('N'))"
        $null = New-AdxTable $table 'Id:long'
        $principal = "aadapp=$([guid]::NewGuid());$tenant"
        $other = "aadapp=$([guid]::NewGuid());$tenant"
        foreach ($who in $principal, $other) {
            $null = Grant-AdxRole $who User
            $null = Grant-AdxRole $who Monitor
            $null = Grant-AdxRole $who Admin -Table $table
        }
    }

    It 'takes one role, emits what is left there, and touches nobody else' {
        Get-RoleText (Revoke-AdxRole $principal Monitor) | Should -BeExactly 'Database User'
        Revoke-AdxRole $principal Admin -Table $table | Should -BeNullOrEmpty
        Get-RoleText (Get-AdxRole -Principal $principal) | Should -BeExactly 'Database User'
        Get-RoleText (Get-AdxRole -Principal $other) | Should -BeExactly 'Database Monitor, Database User'
        Get-AdxRole $table -Principal $other | Should -Not -BeNullOrEmpty
    }

    It 'takes what Get-AdxRole writes, each where it is from, and tells at the end what is left' {
        Get-AdxRole $table -Principal $principal | Revoke-AdxRole | Should -BeNullOrEmpty
        Get-AdxRole -Principal $principal | Revoke-AdxRole | Should -BeNullOrEmpty
        Get-AdxRole -Principal $principal | Should -BeNullOrEmpty
        Get-RoleText (Get-AdxRole -Principal $other) | Should -BeExactly 'Database Monitor, Database User'
    }

    It 'takes a role where the assignment is from, not where one is connected to' {
        $null = Invoke-AdxCommand '.create database Elsewhere volatile ifnotexists'
        $null = Grant-AdxRole $principal User -Database Elsewhere
        $null = Get-AdxRole -Principal $principal -Database Elsewhere | Revoke-AdxRole
        Get-AdxRole -Principal $principal -Database Elsewhere | Should -BeNullOrEmpty
        Get-RoleText (Get-AdxRole -Principal $principal) | Should -BeExactly 'Database Monitor, Database User'
    }

    It 'is no error the second time, and then changes nothing' {
        $null = Revoke-AdxRole $principal Monitor
        @(Get-LocalRequest { Revoke-AdxRole $principal Monitor -ErrorAction Stop }) | Should -HaveCount 1
    }

    It 'refuses a role that a table does not have before anything is sent' {
        $script:failure = $null
        Get-LocalRequest { $script:failure = Get-Failure { Revoke-AdxRole $principal Viewer -Table $table -ErrorAction Stop } } | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxInvalidRole,*'
    }

    It 'says that the table is missing, and goes on' {
        $null = $principal, $other | Revoke-AdxRole -Role Admin -Table Missing -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 2
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AdxTableNotFound,*'
        $failures[0].TargetObject | Should -BeExactly $principal
    }

    It 'says in what it asks that one takes one''s own role' {
        $script = {
            param($Manifest, $Transcript, $Principal)
            Import-Module $Manifest
            $connection = Connect-Adx -Local -Principal $Principal
            $null = Start-Transcript $Transcript
            Revoke-AdxRole $connection.Principal Admin -WhatIf
            $null = Stop-Transcript
        }
        $file = Join-Path $TestDrive 'own.ps1'
        Set-Content $file "& {$script} @args"
        $null = & pwsh -NoProfile -NonInteractive -File $file $ModuleManifest "$TestDrive/own.txt" $principal
        Get-Content -Raw "$TestDrive/own.txt" | Should -BeLike '*What if:*from yourself*'
    }
}
