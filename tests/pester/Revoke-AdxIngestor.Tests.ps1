# Taking the right to ingest back: what was asked, and nothing besides.

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    . $PSScriptRoot/ParameterForm.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $null = Connect-Adx -Local
    $tenant = '9752a91d-8e15-44e2-aa72-e9f8e12c3ec5'
    function Get-RoleText([object[]] $Assignment) {
        ($Assignment | ForEach-Object { "$($_.Scope) $($_.Role)" } | Sort-Object) -join ', '
    }
    function Get-Standing($Principal, $Table) {
        Get-RoleText @(@(Get-AdxRole) + @(Get-AdxRole $Table) | Where-Object PrincipalFqn -EQ $Principal | Sort-Object Scope, Role -Unique)
    }
}

AfterAll {
    Stop-AdxLocal
}

Describe 'The parameters of Revoke-AdxIngestor' {
    It '<_> is that of Grant-AdxIngestor' -ForEach 'ApplicationId', 'ManagedIdentityId', 'TenantId', 'Principal', 'Table' {
        foreach ($set in 'Application', 'ManagedIdentity', 'Principal') {
            Get-ParameterForm Revoke-AdxIngestor $_ $set | Should -BeExactly (Get-ParameterForm Grant-AdxIngestor $_ $set)
        }
    }
}

Describe 'Revoke-AdxIngestor' {
    BeforeEach {
        $table = "T$([guid]::NewGuid().ToString('N'))"
        $null = New-AdxTable $table 'Id:long'
        $principal = "aadapp=$([guid]::NewGuid());$tenant"
        $null = Grant-AdxIngestor $principal -Table $table
    }

    It 'takes the table''s role, leaves the database''s, and emits what is left' {
        $null = Invoke-AdxCommand ".add database NetDefaultDB viewers ('$principal')"
        Revoke-AdxIngestor $principal -Table $table | Where-Object Scope -EQ Table | Should -BeNullOrEmpty
        Get-Standing $principal $table | Should -BeExactly 'Database User, Database Viewer'
    }

    It 'takes the database''s role along on request, and then emits nothing' {
        Revoke-AdxIngestor $principal -Table $table -DatabaseRole User | Should -BeNullOrEmpty
        Get-Standing $principal $table | Should -BeNullOrEmpty
    }

    It 'touches nobody else' {
        $other = "aadapp=$([guid]::NewGuid());$tenant"
        $null = Grant-AdxIngestor $other -Table $table
        $null = Revoke-AdxIngestor $principal -Table $table -DatabaseRole User
        Get-Standing $other $table | Should -BeExactly 'Database User, Table Ingestor'
    }

    It 'is no error the second time, and then changes nothing' {
        $null = Revoke-AdxIngestor $principal -Table $table -DatabaseRole User
        $requests = Get-LocalRequest { Revoke-AdxIngestor $principal -Table $table -DatabaseRole User -ErrorAction Stop }
        @($requests) | Should -HaveCount 2
    }

    It 'says that the table is missing' {
        $failure = Get-Failure { Revoke-AdxIngestor $principal -Table Missing -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxTableNotFound,*'
        $failure.CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }
}
