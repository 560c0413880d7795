# Who has which role, on the database and on tables.

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    . $PSScriptRoot/ParameterForm.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $null = Connect-Adx -Local
    $principal = 'aadapp=4c7e82bd-6adb-46c3-b413-fdd44834c69b;9752a91d-8e15-44e2-aa72-e9f8e12c3ec5'
    $null = New-AdxTable First 'Id:long'
    $null = New-AdxTable Second 'Id:long'
    $null = Grant-AdxIngestor $principal -Table First -Note 'why'
}

AfterAll {
    Stop-AdxLocal
}

Describe 'Get-AdxRole' {
    It 'takes tables by position and by name from the pipeline' {
        Get-ParameterForm Get-AdxRole Table '*' | Should -BeExactly 'String[], position 0, from pipeline, by name'
    }

    It 'shows the database''s roles without a table' {
        $roles = Get-AdxRole | Where-Object PrincipalFqn -EQ $principal
        $roles | Should -BeOfType 'AdxFlow.AdxRoleAssignment'
        @($roles) | Should -HaveCount 1
        $roles.Role | Should -Be 'User'
        $roles.Scope | Should -Be 'Database'
        $roles.Database | Should -BeExactly 'NetDefaultDB'
        $roles.Notes | Should -BeExactly 'why'
        "$roles" | Should -BeLike "*$principal"
    }

    It 'shows a table''s roles' {
        $role = Get-AdxRole First | Where-Object { $_.PrincipalFqn -eq $principal -and $_.Scope -eq 'Table' }
        $role.Role | Should -Be 'Ingestor'
        $role.Table | Should -BeExactly 'First'
        Get-AdxRole Second | Where-Object PrincipalFqn -EQ $principal | Where-Object Scope -EQ Table | Should -BeNullOrEmpty
    }

    It 'takes what Get-AdxTable writes' {
        (Get-AdxTable | Get-AdxRole | Where-Object { $_.PrincipalFqn -eq $principal -and $_.Scope -eq 'Table' }).Table | Should -BeExactly 'First'
    }

    It 'takes names of tables, and databases as such' {
        ('First', 'Second' | Get-AdxRole -Role Admin).Table | Should -BeExactly 'First', 'Second'
        Get-AdxDatabase | Get-AdxRole | ForEach-Object Scope | Select-Object -Unique | Should -Be 'Database'
    }

    It 'shows some roles, or some principals, on request' {
        (Get-AdxRole First -Role Ingestor, Monitor).Role | Should -Be 'Ingestor'
        (Get-AdxRole -Role Ingestor) | Should -BeNullOrEmpty
        (Get-AdxRole First -Principal $principal.ToUpperInvariant()).PrincipalFqn | Should -BeExactly $principal
        Get-AdxRole First -Principal 'aaduser=nobody@contoso.com' | Should -BeNullOrEmpty
    }

    It 'refuses what is no principal before anything is sent' {
        $script:failure = $null
        Get-LocalRequest { $script:failure = Get-Failure { Get-AdxRole -Principal $principal, somebody } } | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxInvalidPrincipal,*'
    }

    It 'says that a table is missing, and goes on' {
        $roles = Get-AdxRole Missing, First -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AdxTableNotFound,*'
        $failures[0].TargetObject | Should -BeExactly 'Missing'
        $roles | Should -Not -BeNullOrEmpty
    }

    It 'is refused to who may not see it' {
        $stranger = Connect-Adx -Local -Principal 'aaduser=stranger@contoso.com'
        $null = Connect-Adx -Local
        $failure = Get-Failure { Get-AdxRole -Connection $stranger -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxForbidden,*'
        $failure.CategoryInfo.Category | Should -Be 'PermissionDenied'
        $failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'shows role, scope and principal by default' {
        $text = Get-AdxRole First | Out-String -Width 200
        $text | Should -BeLike '*Ingestor*'
        $text | Should -BeLike "*$principal*"
    }
}
